import { utcDay } from "../../../src/lib/utc-day.ts";

test("each time has its own day, also when it is changed in place", () => {
  const late = new Date("2026-11-23T23:59:59.999Z");
  expect([utcDay(late), utcDay(new Date("2026-11-24T00:00:00Z")), utcDay(late)]).toEqual([
    "2026-11-23",
    "2026-11-24",
    "2026-11-23",
  ]);
  late.setUTCDate(1);
  expect(utcDay(late)).toBe("2026-11-01");
});
