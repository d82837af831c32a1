const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days of the months in a year that is no leap year. */
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True when the day exists in the Gregorian calendar; never rolls 30 February over into March. */
export function isCalendarDate({
  year,
  month,
  day,
}: {
  year: number;
  month: number;
  day: number;
}): boolean {
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= (month === 2 && isLeapYear(year) ? 29 : (DAYS[month - 1] ?? 0));
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Reads `YYYY-MM-DD`: the text itself when the day exists, `noSuchDate` or `format` when not. */
export function readIsoDate(text: string): { date: string } | { fault: "format" | "noSuchDate" } {
  const parts = ISO_DATE.exec(text);
  if (!parts) return { fault: "format" };
  const exists = isCalendarDate({
    year: Number(parts[1]),
    month: Number(parts[2]),
    day: Number(parts[3]),
  });
  return exists ? { date: text } : { fault: "noSuchDate" };
}
