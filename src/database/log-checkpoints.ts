import type { ClientBase, Pool } from "pg";
import type { SignedHead } from "../audit/log-proofs.ts";

interface Row {
  readonly size: string;
  readonly root: Buffer;
  readonly at: Date;
  readonly note: string;
}

/** Cosignatures stand below the log's own signatures, in the order of their keys. */
const WITH_COSIGNATURES = `
  SELECT tree_size AS size, root, sealed_at AS at,
         note || coalesce((SELECT string_agg(line, '' ORDER BY verifier_key)
                             FROM log_cosignature s WHERE s.tree_size = c.tree_size), '') AS note
    FROM log_checkpoint c`;

/** The newest checkpoint at or before a size, with its cosignatures; null where there is none. */
export async function checkpointAt(
  database: Pool | ClientBase,
  treeSize: number,
): Promise<SignedHead | null> {
  const { rows } = await database.query<Row>({
    name: "log_checkpoint_at",
    text: `${WITH_COSIGNATURES} WHERE tree_size <= $1 ORDER BY tree_size DESC LIMIT 1`,
    values: [treeSize],
  });
  return headIn(rows[0]);
}

/** The newest checkpoint as the log signed it, without cosignatures. */
export async function lastCheckpoint(database: Pool | ClientBase): Promise<SignedHead | null> {
  const { rows } = await database.query<Row>({
    name: "log_checkpoint_last",
    text: `SELECT tree_size AS size, root, sealed_at AS at, note
             FROM log_checkpoint ORDER BY tree_size DESC LIMIT 1`,
  });
  return headIn(rows[0]);
}

function headIn(row: Row | undefined): SignedHead | null {
  if (row === undefined) return null;
  return { treeSize: Number(row.size), root: row.root, sealedAt: row.at, note: row.note };
}
