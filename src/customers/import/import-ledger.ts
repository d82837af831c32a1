import { createHash } from "node:crypto";
import type { ColumnMapping } from "./column-mapping.ts";
import { createRowJudge, type RowOutcome } from "./import-rows.ts";
import type { Checkpoint, ImportKey, ImportStore, OutcomeCounts } from "./import-store.ts";
import type { LedgerInspection } from "./ledger-inspection.ts";
import { type LedgerRow, readLedger } from "./ledger-reader.ts";
import { NO_REPORT, openReportFile, type ReportFile } from "./report-file.ts";
import { isWrite, settled, writable } from "./settled-rows.ts";

/** One run of an import. */
export interface ImportJob {
  readonly inspection: LedgerInspection;
  readonly mapping: ColumnMapping;
  readonly organisationId: string;
  /** Null for a dry run: rows are judged, and neither written nor compared with what is stored. */
  readonly store: ImportStore | null;
  readonly reportPath: string | null;
  /** Rows per transaction. */
  readonly batchSize: number;
  /** Time of the import, UTC. */
  readonly now: Date;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** How far a run is: bytes of the file, and the last row that was settled. */
export interface ImportProgress {
  readonly bytes: number;
  readonly row: number;
}

/** How a run ended. */
export interface ImportSummary {
  readonly counts: OutcomeCounts;
  /** Row behind which an interrupted import went on; 0 for one from the start. */
  readonly resumedAfterRow: number;
  readonly lastRow: number;
}

interface Run {
  readonly key: ImportKey;
  readonly store: ImportStore | null;
  readonly report: ReportFile;
  readonly startedAt: Date;
  readonly counts: OutcomeCounts;
  /** True once a checkpoint has to be kept up to date. */
  readonly checkpointed: boolean;
}

const NO_ROWS: OutcomeCounts = { ACCEPTED: 0, UNCHANGED: 0, REJECTED: 0 };

/**
 * Reads a ledger into the store. Killed at any moment, it goes on behind the last whole batch when it
 * is started again: rows before it are judged once more, since what is a duplicate depends on them.
 */
export async function importLedger(job: ImportJob): Promise<ImportSummary> {
  const { store, mapping } = job;
  const key = keyOf(job);
  const checkpoint = (await store?.interruptedAt(key)) ?? null;
  const { startedAt, row: settledRow, counts, reportBytes } = checkpoint ?? fresh(job.now);
  const report = job.reportPath
    ? await openReportFile({ path: job.reportPath, bytes: reportBytes })
    : NO_REPORT;

  let run: Run = { key, store, report, startedAt, counts, checkpointed: checkpoint !== null };
  let bytes = 0;
  let lastRow = 0;
  const rows = readLedger({ inspection: job.inspection, onBytes: (read) => (bytes = read) });
  const judge = createRowJudge({ mapping, now: startedAt });
  try {
    for await (const batch of batchesOf({ rows, judge, settledRow, size: job.batchSize })) {
      lastRow = batch.at(-1)?.row ?? lastRow;
      if (lastRow > settledRow) run = await settle(run, batch);
      else if (!report.complete) await report.append(report.linesOf(batch));
      job.onProgress?.({ bytes, row: lastRow });
    }
    if (run.checkpointed) await store?.finish(key);
  } finally {
    await report.close();
  }
  return { counts: run.counts, resumedAfterRow: settledRow, lastRow };
}

/** Judged rows in batches; one ends where an interrupted import stopped. */
async function* batchesOf(from: {
  rows: AsyncIterable<LedgerRow>;
  judge: (row: LedgerRow) => RowOutcome;
  settledRow: number;
  size: number;
}): AsyncGenerator<RowOutcome[]> {
  const { rows, judge, settledRow, size } = from;
  let batch: RowOutcome[] = [];
  for await (const row of rows) {
    batch.push(judge(row));
    if (batch.length < size && row.row !== settledRow) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

interface Step {
  readonly next: Run;
  readonly lines: string;
}

/** Settles a batch: in the store with its checkpoint first, then in the report. */
async function settle(run: Run, batch: readonly RowOutcome[]): Promise<Run> {
  const { store, key, report } = run;
  const { next, lines } = store
    ? await store.inTransaction(key, async ({ write, saveCheckpoint }) => {
        const results = await write(writable(batch));
        const step = stepOf({
          run,
          outcomes: settled(batch, results),
          wrote: results.some(isWrite),
        });
        // An import that changes nothing leaves no trace, not even a checkpoint.
        if (step.next.checkpointed) await saveCheckpoint(checkpointOf(step, batch));
        return step;
      })
    : stepOf({ run, outcomes: batch, wrote: false });
  await report.append(lines);
  return next;
}

function stepOf(batch: { run: Run; outcomes: readonly RowOutcome[]; wrote: boolean }): Step {
  const { run, outcomes, wrote } = batch;
  const counts = { ...run.counts };
  for (const { outcome } of outcomes) counts[outcome] += 1;
  const checkpointed = run.checkpointed || wrote;
  return { next: { ...run, counts, checkpointed }, lines: run.report.linesOf(outcomes) };
}

function checkpointOf({ next, lines }: Step, batch: readonly RowOutcome[]): Checkpoint {
  const { startedAt, counts, report } = next;
  const reportBytes = report.bytes() + Buffer.byteLength(lines);
  return { startedAt, row: batch.at(-1)?.row ?? 0, counts, reportBytes };
}

function fresh(now: Date): Checkpoint {
  return { startedAt: now, row: 0, counts: NO_ROWS, reportBytes: 0 };
}

/** The mapping counts too: with another one, rows that were refused may be taken. */
function keyOf({ inspection, mapping, organisationId }: ImportJob): ImportKey {
  const digest = createHash("sha256")
    .update(`${inspection.digest}|${mapping.digest}`)
    .digest("hex");
  return { digest, organisationId };
}
