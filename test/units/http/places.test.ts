import { Places } from "../../../src/http/places.ts";

const holder = (): object => ({});
const LATE = 10_000;

const placesOf = (most: number): Places<object> =>
  new Places({ most, mostLate: most + 1, lateAfterMs: 1 });

test("there are so many places and no more", () => {
  const places = placesOf(2);
  const [first, second, third] = [holder(), holder(), holder()];
  expect([first, second, third].map((one) => places.take(one, 0))).toEqual([
    null,
    null,
    "in_flight",
  ]);
  places.release(first);
  expect(places.take(third, 0)).toBeNull();
  expect(places.taken).toBe(2);
});

test("a place is given back once, however often it is said", () => {
  const places = placesOf(1);
  const [first, second, third] = [holder(), holder(), holder()];
  places.take(first, 0);
  places.release(first);
  places.take(second, 0);
  places.release(first);
  expect(places.take(third, 0)).toBe("in_flight");
});

describe("a place whose holder sends its body", () => {
  test("is its own for a while", () => {
    const places = placesOf(1);
    const [slow, next] = [holder(), holder()];
    places.take(slow, 0);
    places.beginSending(slow, 0);
    expect(places.take(next, 100)).toBe("in_flight");
    expect(places.endSending(slow, 100)).toBeNull();
  });

  test("goes to the next who wants it afterwards, the slowest one's first", () => {
    const places = placesOf(2);
    const [slowest, slow, next] = [holder(), holder(), holder()];
    places.take(slowest, 0);
    places.beginSending(slowest, 0);
    places.take(slow, 1);
    places.beginSending(slow, 1);
    expect(places.take(next, LATE)).toBeNull();
    expect(places.endSending(slow, LATE)).toBeNull();
    expect(places.endSending(slowest, LATE)).toBe("in_flight");
    expect(places.taken).toBe(2);
  });

  test("is kept while nobody wants it", () => {
    const places = placesOf(2);
    const slow = holder();
    places.take(slow, 0);
    places.beginSending(slow, 0);
    expect(places.endSending(slow, LATE)).toBeNull();
  });

  test("is nobody else's once the body has arrived", () => {
    const places = placesOf(1);
    const [slow, next] = [holder(), holder()];
    places.take(slow, 0);
    places.beginSending(slow, 0);
    places.endSending(slow, 1);
    expect(places.take(next, LATE)).toBe("in_flight");
  });

  test("that was lost is taken again where one is free", () => {
    const places = placesOf(1);
    const [slow, next] = [holder(), holder()];
    places.take(slow, 0);
    places.beginSending(slow, 0);
    places.take(next, LATE);
    places.release(next);
    expect(places.endSending(slow, LATE)).toBeNull();
    expect(places.taken).toBe(1);
  });
});

describe("places of which two holders may not be late", () => {
  const late = (): Places<object> => new Places({ most: 9, mostLate: 2, lateAfterMs: 1_000 });

  test("are given out while one is", () => {
    const places = late();
    places.take(holder(), 0);
    expect(places.take(holder(), 1_001)).toBeNull();
    expect(places.take(holder(), 2_001)).toBeNull();
  });

  test("are not while two are, until one of them is done", () => {
    const places = late();
    const first = holder();
    places.take(first, 0);
    places.take(holder(), 0);
    expect(places.take(holder(), 1_001)).toBe("late");
    places.release(first);
    expect(places.take(holder(), 1_001)).toBeNull();
  });

  test("count nobody as late whose body is on its way", () => {
    const places = late();
    const [first, second] = [holder(), holder()];
    for (const one of [first, second]) {
      places.take(one, 0);
      places.beginSending(one, 0);
    }
    expect(places.take(holder(), 5_000)).toBeNull();
    places.endSending(first, 5_000);
    places.endSending(second, 5_000);
    expect(places.take(holder(), 5_000)).toBe("late");
  });
});
