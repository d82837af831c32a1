/** How many cases a property is tried on: ten times as many in the long run (`npm run test:long`). */
export function propertyRuns(runs: number): number {
  return process.env["CUSTODIA_LONG"] === "1" ? runs * 10 : runs;
}
