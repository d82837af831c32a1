import type { ImportSummary } from "../customers/import/import-ledger.ts";

/** The last lines of an import: rows by outcome, and how fast they were read. */
export function importSummaryInWords({
  summary,
  isDryRun,
}: {
  summary: ImportSummary;
  isDryRun: boolean;
}): string {
  const { counts, resumedAfterRow, lastRow, elapsedMs } = summary;
  const seconds = Math.max(elapsedMs / 1_000, 0.001);
  const rowsPerSecond = Math.round((lastRow - resumedAfterRow) / seconds).toLocaleString("en");
  return [
    ...Object.entries(counts).map(
      ([outcome, rows]) => `${outcome.padEnd(10)}${rows.toLocaleString("en").padStart(11)}`,
    ),
    ...(resumedAfterRow > 0
      ? [`Went on behind row ${resumedAfterRow.toLocaleString("en")}, where it was interrupted.`]
      : []),
    `${lastRow.toLocaleString("en")} rows in ${seconds.toFixed(1)} s, ${rowsPerSecond} rows/s.${isDryRun ? " Nothing was written." : ""}`,
  ].join("\n");
}
