import { ageOn } from "../../../src/lib/age-on.ts";

test.each([
  ["2010-06-15", "2024-06-14", 13],
  ["2010-06-15", "2024-06-15", 14],
  ["2012-02-29", "2026-02-28", 13],
  ["2012-02-29", "2026-03-01", 14],
  ["2024-06-15", "2024-06-15", 0],
])("born %s, on %s: %i", (birthDate, day, age) => {
  expect(ageOn(birthDate, day)).toBe(age);
});
