import type { Pool } from "pg";
import type { Publications } from "../audit/publisher.ts";
import type { KeepCosignature } from "../audit/publishing-targets.ts";

/** What was handed on, to whom. */
export function createPublications(pool: Pool): Publications {
  return {
    lastOf: async (target) => {
      const { rows } = await pool.query<{ size: string }>(
        "SELECT tree_size AS size FROM log_publication WHERE target = $1",
        [target],
      );
      return Number(rows[0]?.size ?? 0);
    },
    record: async (target, treeSize) => {
      await pool.query(
        `INSERT INTO log_publication (target, tree_size, published_at)
         VALUES ($1, $2, clock_timestamp())
         ON CONFLICT (target) DO UPDATE SET tree_size = $2, published_at = clock_timestamp()`,
        [target, treeSize],
      );
    },
  };
}

/** Keeps cosignatures with the checkpoints that they are of; the first of a witness counts. */
export function keepCosignatures(pool: Pool): KeepCosignature {
  return async ({ treeSize, verifierKey, line, witnessedAt }) => {
    await pool.query(
      `WITH known AS (
         INSERT INTO log_witness (verifier_key, first_seen_at) VALUES ($2, $4) ON CONFLICT DO NOTHING)
       INSERT INTO log_cosignature (tree_size, verifier_key, line, witnessed_at)
       VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [treeSize, verifierKey, line, witnessedAt],
    );
  };
}
