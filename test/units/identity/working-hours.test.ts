import { isWithin, type WorkingHours } from "../../../src/identity/working-hours.ts";

const DAY_SHIFT: WorkingHours = {
  timeZone: "Europe/Berlin",
  days: ["MON", "TUE", "WED", "THU", "FRI"],
  from: "09:00",
  to: "17:30",
};
const NIGHT_SHIFT: WorkingHours = { ...DAY_SHIFT, from: "22:00", to: "06:00" };

const within = (hours: WorkingHours, iso: string): boolean => isWithin(hours, new Date(iso));

test("a day shift holds from its first minute up to, and without, its last", () => {
  expect(within(DAY_SHIFT, "2026-11-20T07:59:59Z")).toBe(false);
  expect(within(DAY_SHIFT, "2026-11-20T08:00:00Z")).toBe(true);
  expect(within(DAY_SHIFT, "2026-11-20T16:29:59Z")).toBe(true);
  expect(within(DAY_SHIFT, "2026-11-20T16:30:00Z")).toBe(false);
});

test("a day shift does not hold on other days", () => {
  expect(within(DAY_SHIFT, "2026-11-21T10:00:00Z")).toBe(false);
  expect(within({ ...DAY_SHIFT, days: [] }, "2026-11-20T10:00:00Z")).toBe(false);
});

test("a shift over midnight belongs to the day on which it starts", () => {
  // Friday's shift ends on Saturday morning, and Sunday's evening is nobody's.
  expect(within(NIGHT_SHIFT, "2026-11-20T21:00:00Z")).toBe(true);
  expect(within(NIGHT_SHIFT, "2026-11-21T04:59:59Z")).toBe(true);
  expect(within(NIGHT_SHIFT, "2026-11-21T05:00:00Z")).toBe(false);
  expect(within(NIGHT_SHIFT, "2026-11-21T22:00:00Z")).toBe(false);
  expect(within(NIGHT_SHIFT, "2026-11-22T22:00:00Z")).toBe(false);
  expect(within(NIGHT_SHIFT, "2026-11-23T04:00:00Z")).toBe(false);
  expect(within(NIGHT_SHIFT, "2026-11-23T21:00:00Z")).toBe(true);
  expect(within(NIGHT_SHIFT, "2026-11-23T12:00:00Z")).toBe(false);
});

test("a shift keeps its hours on the wall when the clocks change", () => {
  const sundays: WorkingHours = { ...DAY_SHIFT, days: ["SUN"] };
  expect(within(sundays, "2026-03-22T07:30:00Z")).toBe(false);
  expect(within(sundays, "2026-03-29T07:00:00Z")).toBe(true);
  expect(within(sundays, "2026-10-25T07:30:00Z")).toBe(false);
  expect(within(sundays, "2026-10-25T08:00:00Z")).toBe(true);
});

test("a night in which an hour comes twice is an hour longer, one that loses it an hour shorter", () => {
  const night: WorkingHours = { ...NIGHT_SHIFT, days: ["SAT"] };
  const minutes = (from: string): number => {
    const start = Date.parse(from);
    const all = Array.from({ length: 24 * 60 }, (_, n) => new Date(start + n * 60_000));
    return all.filter((now) => isWithin(night, now)).length;
  };
  expect(minutes("2026-11-21T12:00:00Z")).toBe(8 * 60);
  expect(minutes("2026-10-24T12:00:00Z")).toBe(9 * 60);
  expect(minutes("2026-03-28T12:00:00Z")).toBe(7 * 60);
});

test("a shift up to 24:00 ends with the day", () => {
  const late: WorkingHours = { ...DAY_SHIFT, from: "16:00", to: "24:00" };
  expect(within(late, "2026-11-20T22:59:59Z")).toBe(true);
  expect(within(late, "2026-11-20T23:00:00Z")).toBe(false);
});

test("an unknown zone, and a shift that ends as it starts, hold at no time", () => {
  expect(within({ ...DAY_SHIFT, timeZone: "Mars/Olympus" }, "2026-11-20T10:00:00Z")).toBe(false);
  expect(within({ ...DAY_SHIFT, to: "09:00" }, "2026-11-20T10:00:00Z")).toBe(false);
});
