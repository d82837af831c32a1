/** The seed of every draw; another one gives another company. */
export const SEED = 20_261_123;

/** When the demonstration takes place: everything in it happened before. Fixed, so that answers stay the same. */
export const EPOCH = new Date("2026-11-01T00:00:00Z");

const DAY_MS = 86_400_000;

/** So many days before the epoch. */
export function daysBeforeEpoch(days: number): Date {
  return new Date(EPOCH.getTime() - days * DAY_MS);
}
