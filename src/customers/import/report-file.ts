import { open } from "node:fs/promises";
import type { RowOutcome } from "./import-rows.ts";
import { REPORT_HEAD, reportLines } from "./report.ts";

/** A report that grows batch by batch. */
export interface ReportFile {
  /** False when it lacks the rows before the checkpoint from which a resumed import goes on. */
  readonly complete: boolean;
  /** Length so far. */
  readonly bytes: () => number;
  readonly linesOf: (outcomes: readonly RowOutcome[]) => string;
  readonly append: (lines: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Opens a report. `bytes` is its length at the checkpoint from which a resumed import goes on: a
 * shorter file missed a batch and is begun anew, the lines of a longer one are cut off behind it.
 */
export async function openReportFile({
  path,
  bytes,
}: {
  path: string;
  bytes: number;
}): Promise<ReportFile> {
  const file = await open(path, "a");
  const complete = bytes > 0 && (await file.stat()).size >= bytes;
  let length = complete ? bytes : 0;
  await file.truncate(length);
  const append = async (lines: string): Promise<void> => {
    await file.appendFile(lines);
    length += Buffer.byteLength(lines);
  };
  if (!complete) await append(REPORT_HEAD);
  return { complete, bytes: () => length, linesOf: reportLines, append, close: () => file.close() };
}

/** For an import that writes no report. */
export const NO_REPORT: ReportFile = {
  complete: true,
  bytes: () => 0,
  linesOf: () => "",
  append: async () => {},
  close: async () => {},
};
