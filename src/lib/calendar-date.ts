const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

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
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  // Day 0 of the next month is the last day of this one. `setUTCFullYear` because `Date.UTC`
  // reads the years 0 to 99 as 1900 to 1999.
  const last = new Date(0);
  last.setUTCFullYear(year, month, 0);
  return day <= last.getUTCDate();
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
