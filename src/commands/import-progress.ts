import { stderr } from "node:process";
import { Presets, SingleBar } from "cli-progress";
import type { ImportProgress } from "../customers/import/import-ledger.ts";

/** What the operator sees while a ledger is read. */
export interface ImportBar {
  readonly show: (progress: ImportProgress) => void;
  readonly stop: () => void;
}

/**
 * A bar on standard error with rows, rate and remaining time, which is reckoned from the bytes of the
 * file: nobody counted its rows. Silent where standard error is no terminal.
 */
export function importBar(totalBytes: number): ImportBar {
  if (!stderr.isTTY) return { show: () => {}, stop: () => {} };
  const start = performance.now();
  const bar = new SingleBar(
    {
      stream: stderr,
      format: "{bar} {percentage} % | {rows} rows | {rate} rows/s | {eta_formatted} left",
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(totalBytes, 0, { rows: 0, rate: 0 });
  return {
    show: ({ bytes, row }) => bar.update(bytes, { rows: row, rate: rowsPerSecond(row, start) }),
    stop: () => bar.stop(),
  };
}

/** Whole rows per second since `start`, a reading of `performance.now()` in ms. */
export function rowsPerSecond(rows: number, start: number): number {
  return Math.round(rows / Math.max((performance.now() - start) / 1_000, 0.001));
}
