import { dayBefore, type Weekday, wallClockAt } from "../lib/wall-clock.ts";

/** When somebody works, as their employer set it. */
export interface WorkingHours {
  /** Name of the IANA time zone by whose clocks the hours are meant, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Days on which a shift starts. */
  readonly days: readonly Weekday[];
  /** First minute of the shift, `HH:MM` on the clock. */
  readonly from: string;
  /** First minute after it, `HH:MM` up to `24:00`; earlier than `from` where the shift ends the day after. */
  readonly to: string;
}

/**
 * Whether an instant falls into somebody's hours. They are read off the clock on the wall, so a shift
 * keeps its hours when the clocks change. An unknown time zone, and a shift that ends as it starts,
 * hold at no time.
 */
export function isWithin({ timeZone, days, from, to }: WorkingHours, now: Date): boolean {
  const clock = wallClockAt(now, timeZone);
  if (clock === null || from === to) return false;
  const { day, time } = clock;
  if (from < to) return days.includes(day) && from <= time && time < to;
  return (days.includes(day) && from <= time) || (days.includes(dayBefore(day)) && time < to);
}
