/** Days of the week, from Monday. */
export const WEEKDAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"] as const;

/** One day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/** What a clock on the wall shows. */
export interface WallClock {
  readonly day: Weekday;
  /** `HH:MM`, from 00:00 to 23:59; sorts as it passes. */
  readonly time: string;
}

/** Making a format costs more than using it; there are no more of them than zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The clock of a time zone (such as `Asia/Shanghai`) at an instant; null where there is no such zone. */
export function wallClockAt(now: Date, timeZone: string): WallClock | null {
  const parts = formatFor(timeZone)?.formatToParts(now) ?? [];
  const shown = new Map(parts.map(({ type, value }) => [type, value]));
  const day = WEEKDAYS.find((name) => name === shown.get("weekday")?.toUpperCase());
  if (day === undefined) return null;
  return { day, time: `${shown.get("hour")}:${shown.get("minute")}` };
}

/** The day before. */
export function dayBefore(day: Weekday): Weekday {
  return WEEKDAYS.at(WEEKDAYS.indexOf(day) - 1) ?? day;
}

function formatFor(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  try {
    const made = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(timeZone, made);
    return made;
  } catch {
    return null;
  }
}
