/** A value that must not come back from anywhere. */
export const CANARY = "canary-7f3a9c";

/** No value, no SQL and nothing of the database is told, in the answer or in the log. */
export function expectNothingTold(told: string): void {
  expect(told).not.toContain(CANARY);
  expect(told).not.toMatch(
    /select |insert |update .*set|relation "|column |syntax|constraint|pg_|postgres|ECONN|canary/i,
  );
}
