import { isCalendarDate, readIsoDate } from "../../../src/lib/calendar-date.ts";

test.each(["2012-02-29", "2000-02-29", "1999-12-31", "0099-01-01"])("%s exists", (date) => {
  expect(readIsoDate(date)).toEqual({ date });
});

test.each([
  "2013-02-29",
  "1900-02-29",
  "2020-04-31",
  "2020-00-10",
  "2020-13-01",
  "2020-01-00",
  "0000-01-01",
])("%s does not exist and is not rolled over", (date) => {
  expect(readIsoDate(date)).toEqual({ fault: "noSuchDate" });
});

test.each(["2020-1-1", "2020/01/01", "20200101", "2020-01-01T00:00", "", " 2020-01-01"])(
  "%j is no ISO date",
  (text) => {
    expect(readIsoDate(text)).toEqual({ fault: "format" });
  },
);

test("numbers that are no whole days do not exist", () => {
  expect(isCalendarDate({ year: Number.NaN, month: 1, day: 1 })).toBe(false);
});
