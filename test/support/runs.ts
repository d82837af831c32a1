/** How many cases a property is tried on: ten times as many in the long run (`npm run test:long`). */
export function propertyRuns(runs: number): number {
  return process.env["CUSTODIA_LONG"] === "1" ? runs * 10 : runs;
}

/**
 * How long a property may take, in milliseconds: ten times as long in the long run, and once more for a machine
 * that does other work beside.
 */
export function timeFor(milliseconds: number): number {
  return process.env["CUSTODIA_LONG"] === "1" ? milliseconds * 20 : milliseconds;
}

/** The seed of everything that is generated in this run: that of CUSTODIA_SEED, or a fresh one. */
export function runSeed(): number {
  const seed = Number(process.env["CUSTODIA_SEED"]);
  if (!Number.isSafeInteger(seed)) throw new Error("CUSTODIA_SEED has to be a whole number.");
  return seed;
}
