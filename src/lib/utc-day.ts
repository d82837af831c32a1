let lastTime = Number.NaN;
let lastDay = "";

/** The day of a time in UTC, `YYYY-MM-DD`. A ledger asks for the same one with each of its rows. */
export function utcDay(time: Date): string {
  if (time.getTime() !== lastTime) {
    lastDay = time.toISOString().slice(0, 10);
    lastTime = time.getTime();
  }
  return lastDay;
}
