import { Places } from "../../../src/http/places.ts";

const holder = (): object => ({});
const LATE = 10_000;

test("there are so many places and no more", () => {
  const places = new Places(2);
  const [first, second, third] = [holder(), holder(), holder()];
  expect([first, second, third].map((one) => places.take(one, 0))).toEqual([true, true, false]);
  places.release(first);
  expect(places.take(third, 0)).toBe(true);
  expect(places.taken).toBe(2);
});

test("a place is given back once, however often it is said", () => {
  const places = new Places(1);
  const [first, second, third] = [holder(), holder(), holder()];
  places.take(first, 0);
  places.release(first);
  places.take(second, 0);
  places.release(first);
  expect(places.take(third, 0)).toBe(false);
});

describe("a place whose holder sends its body", () => {
  test("is its own for a while", () => {
    const places = new Places(1);
    const [slow, next] = [holder(), holder()];
    places.take(slow, 0);
    places.beginSending(slow, 0);
    expect(places.take(next, 100)).toBe(false);
    expect(places.endSending(slow, 100)).toBe(true);
  });

  test("goes to the next who wants it afterwards, the slowest one's first", () => {
    const places = new Places(2);
    const [slowest, slow, next] = [holder(), holder(), holder()];
    places.take(slowest, 0);
    places.beginSending(slowest, 0);
    places.take(slow, 1);
    places.beginSending(slow, 1);
    expect(places.take(next, LATE)).toBe(true);
    expect(places.endSending(slow, LATE)).toBe(true);
    expect(places.endSending(slowest, LATE)).toBe(false);
    expect(places.taken).toBe(2);
  });

  test("is kept while nobody wants it", () => {
    const places = new Places(2);
    const slow = holder();
    places.take(slow, 0);
    places.beginSending(slow, 0);
    expect(places.endSending(slow, LATE)).toBe(true);
  });

  test("is nobody else's once the body has arrived", () => {
    const places = new Places(1);
    const [slow, next] = [holder(), holder()];
    places.take(slow, 0);
    places.beginSending(slow, 0);
    places.endSending(slow, 1);
    expect(places.take(next, LATE)).toBe(false);
  });

  test("that was lost is taken again where one is free", () => {
    const places = new Places(1);
    const [slow, next] = [holder(), holder()];
    places.take(slow, 0);
    places.beginSending(slow, 0);
    places.take(next, LATE);
    places.release(next);
    expect(places.endSending(slow, LATE)).toBe(true);
    expect(places.taken).toBe(1);
  });
});
