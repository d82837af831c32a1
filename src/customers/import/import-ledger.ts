import { createHash } from "node:crypto";
import type { AgesIn } from "../age-limits.ts";
import type { ColumnMapping } from "./column-mapping.ts";
import { createRowJudge, type RowOutcome } from "./import-rows.ts";
import {
  type Checkpoint,
  ImportConflict,
  type ImportKey,
  type ImportStore,
  type OutcomeCounts,
  type PreparedBatch,
} from "./import-store.ts";
import type { LedgerInspection } from "./ledger-inspection.ts";
import { readLedger } from "./ledger-reader.ts";
import type { LedgerRow } from "./ledger-row.ts";
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
  readonly agesIn: AgesIn;
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
  readonly elapsedMs: number;
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
/** How often a batch is compared anew when somebody else writes the same customers meanwhile. */
const MAX_ATTEMPTS = 5;

/**
 * Reads a ledger into the store. Killed at any moment, it goes on behind the last whole batch when it
 * is started again: rows before it are judged once more, since what is a duplicate depends on them.
 */
export async function importLedger(job: ImportJob): Promise<ImportSummary> {
  const beganAtMs = performance.now();
  const { store, inspection } = job;
  const key = keyOf(job);
  const checkpoint = (await store?.interruptedAt(key)) ?? null;
  const { startedAt, row: settledRow, counts, reportBytes } = checkpoint ?? fresh(job.now);
  const report = job.reportPath
    ? await openReportFile({ path: job.reportPath, bytes: reportBytes })
    : NO_REPORT;

  const judge = createRowJudge({ mapping: job.mapping, now: startedAt, agesIn: job.agesIn });
  let bytes = 0;
  let lastRow = 0;
  const rows = readLedger({ inspection, onBytes: (read) => (bytes = read) });
  const unsettled: Promise<Run>[] = [];
  let run = Promise.resolve<Run>({
    key,
    store,
    report,
    startedAt,
    counts,
    checkpointed: !!checkpoint,
  });
  try {
    for await (const batch of batchesOf({ rows, judge, settledRow, size: job.batchSize })) {
      lastRow = batch.at(-1)?.row ?? lastRow;
      if (lastRow <= settledRow) {
        if (!report.complete) await report.append(report.linesOf(batch));
      } else {
        // Reading, judging and sealing go on while batches before are being written.
        const prepared = store?.prepare(key, writable(batch)) ?? Promise.resolve(null);
        run = settle({ run, batch, prepared });
        // It is awaited some batches later; until then a failure is not an unheard one.
        run.catch(() => {});
        unsettled.push(run);
        if (unsettled.length > (store?.batchesAhead ?? 0)) await unsettled.shift();
      }
      job.onProgress?.({ bytes, row: lastRow });
    }
    const ended = await run;
    if (ended.checkpointed) await store?.finish(key);
    const elapsedMs = performance.now() - beganAtMs;
    return { counts: ended.counts, resumedAfterRow: settledRow, lastRow, elapsedMs };
  } finally {
    await run.catch(() => {});
    await report.close();
  }
}

/** Judged rows in batches; one ends where an interrupted import stopped. */
async function* batchesOf(from: {
  rows: AsyncIterable<readonly LedgerRow[]>;
  judge: (row: LedgerRow) => RowOutcome;
  settledRow: number;
  size: number;
}): AsyncGenerator<RowOutcome[]> {
  const { rows, judge, settledRow, size } = from;
  let batch: RowOutcome[] = [];
  for await (const list of rows)
    for (const row of list) {
      batch.push(judge(row));
      if (batch.length < size && row.row !== settledRow) continue;
      yield batch;
      batch = [];
    }
  if (batch.length > 0) yield batch;
}

/** Settles a batch behind the one before: in the store with its checkpoint first, then in the report. */
async function settle(from: {
  run: Promise<Run>;
  batch: readonly RowOutcome[];
  prepared: Promise<PreparedBatch | null>;
}): Promise<Run> {
  const { batch } = from;
  const [run, first] = await Promise.all([from.run, from.prepared]);
  let prepared = first;
  for (let attempt = 1; ; attempt++) {
    const results = prepared?.results ?? null;
    const outcomes = results ? settled(batch, results) : batch;
    // An import that changes nothing leaves no trace, not even a checkpoint.
    const checkpointed = run.checkpointed || !!results?.some(isWrite);
    const next = { ...run, counts: counted(run.counts, outcomes), checkpointed };
    const lines = run.report.linesOf(outcomes);
    try {
      await prepared?.commit(checkpointed ? checkpointOf({ next, batch, lines }) : null);
      await run.report.append(lines);
      return next;
    } catch (error) {
      if (!(error instanceof ImportConflict) || !run.store || attempt === MAX_ATTEMPTS) throw error;
      prepared = await run.store.prepare(run.key, writable(batch));
    }
  }
}

function counted(counts: OutcomeCounts, outcomes: readonly RowOutcome[]): OutcomeCounts {
  const sum = { ...counts };
  for (const { outcome } of outcomes) sum[outcome] += 1;
  return sum;
}

function checkpointOf(at: { next: Run; batch: readonly RowOutcome[]; lines: string }): Checkpoint {
  const { startedAt, counts, report } = at.next;
  const reportBytes = report.bytes() + Buffer.byteLength(at.lines);
  return { startedAt, row: at.batch.at(-1)?.row ?? 0, counts, reportBytes };
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
