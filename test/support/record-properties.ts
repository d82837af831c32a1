import { appendFileSync } from "node:fs";
import fc from "fast-check";
import { runSeed } from "./runs.ts";

/*
 * Runs before every test file: whatever a file generates starts from the seed of the run, and every
 * property tells the reporter of the closing lines on how many cases it was tried.
 */
fc.configureGlobal({ seed: runSeed(), reporter: record });

function record(run: fc.RunDetails<unknown>): void {
  note({ runs: run.numRuns, seed: run.seed });
  if (run.failed) throw new Error(fc.defaultReportMessage(run), { cause: run.errorInstance });
}

function note(entry: Readonly<Record<string, unknown>>): void {
  const log = process.env["CUSTODIA_PROPERTY_LOG"];
  const { currentTestName: test, testPath: file } = expect.getState();
  if (log !== undefined) appendFileSync(log, `${JSON.stringify({ file, test, ...entry })}\n`);
}

/** Lets the closing lines say what a property looked at besides its runs, such as `{ "rows": 300 }`. */
export function noted(counts: Readonly<Record<string, number>>): void {
  note({ counts });
}
