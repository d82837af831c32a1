import { dayBefore, wallClockAt, WEEKDAYS } from "../../../src/lib/wall-clock.ts";

const at = (iso: string, timeZone: string) => wallClockAt(new Date(iso), timeZone);

test("the clock on the wall is that of the zone", () => {
  expect(at("2026-11-20T09:00:00Z", "UTC")).toEqual({ day: "FRI", time: "09:00" });
  expect(at("2026-11-20T16:30:00Z", "Asia/Shanghai")).toEqual({ day: "SAT", time: "00:30" });
  expect(at("2026-11-23T04:59:59Z", "America/New_York")).toEqual({ day: "SUN", time: "23:59" });
});

test("it jumps where the clocks are changed", () => {
  expect(at("2026-03-29T00:59:00Z", "Europe/Berlin")).toEqual({ day: "SUN", time: "01:59" });
  expect(at("2026-03-29T01:00:00Z", "Europe/Berlin")).toEqual({ day: "SUN", time: "03:00" });
  expect(at("2026-10-25T00:30:00Z", "Europe/Berlin")).toEqual({ day: "SUN", time: "02:30" });
  expect(at("2026-10-25T01:30:00Z", "Europe/Berlin")).toEqual({ day: "SUN", time: "02:30" });
});

test("a zone that does not exist has no clock", () => {
  expect(at("2026-11-20T09:00:00Z", "Asia/Xiamen-Harbour")).toBeNull();
  expect(at("2026-11-20T09:00:00Z", "")).toBeNull();
});

test("the day before Monday is Sunday", () => {
  expect(WEEKDAYS.map(dayBefore)).toEqual(["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);
});
