import type { ClientBase } from "pg";
import type { Checkpoint, ImportKey, OutcomeCounts } from "../customers/import/import-store.ts";

interface StoredProgress {
  readonly rowsDone: number;
  readonly outcome: {
    readonly startedAt: string;
    readonly counts: OutcomeCounts;
    readonly reportBytes: number;
  };
}

/** Where an import stopped; null for one that never began, or that came to its end. */
export async function loadCheckpoint(
  client: ClientBase,
  { organisationId, digest }: ImportKey,
): Promise<Checkpoint | null> {
  const { rows } = await client.query<StoredProgress>(
    `SELECT rows_done AS "rowsDone", outcome FROM import_progress
      WHERE organisation_id = $1 AND file_digest = $2 AND NOT finished`,
    [organisationId, digest],
  );
  const [progress] = rows;
  if (progress === undefined) return null;
  const { startedAt, counts, reportBytes } = progress.outcome;
  return { startedAt: new Date(startedAt), row: progress.rowsDone, counts, reportBytes };
}

/** Keeps a checkpoint, in the transaction of the rows that it counts. */
export async function saveCheckpoint(
  client: ClientBase,
  { key, checkpoint }: { key: ImportKey; checkpoint: Checkpoint },
): Promise<void> {
  const { row, ...outcome } = checkpoint;
  await client.query({
    name: "save-checkpoint",
    text: `INSERT INTO import_progress (organisation_id, file_digest, rows_done, outcome)
           VALUES ($1, $2, $3, $4)
           ON CONFLICT (organisation_id, file_digest) DO UPDATE
              SET rows_done = $3, outcome = $4, finished = false, updated_at = now()`,
    values: [key.organisationId, key.digest, row, JSON.stringify(outcome)],
  });
}

/** Notes that an import came to the end of its file. */
export async function markFinished(
  client: ClientBase,
  { organisationId, digest }: ImportKey,
): Promise<void> {
  await client.query(
    `UPDATE import_progress SET finished = true, updated_at = now()
      WHERE organisation_id = $1 AND file_digest = $2`,
    [organisationId, digest],
  );
}
