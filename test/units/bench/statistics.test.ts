import { inBytes, inDigits, withSpread } from "../../../bench/lib/figures.ts";
import {
  median,
  percentile,
  ratioOfRounds,
  slopeOf,
  summarise,
} from "../../../bench/lib/statistics.ts";

test("the median of an even number of figures is the mean of the two in the middle", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([1, 2, 10, 4])).toBe(3);
  expect(median([])).toBeNaN();
});

test("a percentile is a figure that was measured, by the nearest rank", () => {
  const times = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(percentile(times, 0.5)).toBe(50);
  expect(percentile(times, 0.99)).toBe(99);
  expect(percentile([7], 0.99)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

test("a summary keeps the order of what it is given", () => {
  const given = [3, 1, 2];
  expect(summarise(given)).toEqual({ median: 2, least: 1, most: 3, count: 3 });
  expect(given).toEqual([3, 1, 2]);
});

test("a ratio of rounds is reckoned round by round, so a slow round of both changes nothing", () => {
  expect(ratioOfRounds([200, 20, 220], [100, 10, 110])).toEqual({
    median: 2,
    least: 2,
    most: 2,
    count: 3,
  });
  expect(ratioOfRounds([1, 2], []).count).toBe(0);
});

test("a slope goes through points on a line", () => {
  const { slope, start } = slopeOf([
    [0, 3],
    [1, 5],
    [4, 11],
  ]);
  expect(slope).toBeCloseTo(2);
  expect(start).toBeCloseTo(3);
  expect(slopeOf([[1, 1]]).slope).toBeNaN();
});

test("figures show three digits that mean something", () => {
  expect([1234.5, 123.4, 12.34, 0.5678, Number.NaN].map(inDigits)).toEqual([
    "1,235",
    "123",
    "12.3",
    "0.57",
    "—",
  ]);
  expect([512, 54_314, 1_990_839].map(inBytes)).toEqual(["512 B", "54.3 kB", "1.99 MB"]);
  expect(withSpread(summarise([]))).toBe("—");
  expect(withSpread(summarise([1, 3, 2]))).toBe("2.00 (1.00–3.00)");
});
