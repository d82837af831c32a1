import type { Pool } from "pg";
import type { LogKey, LogProofs } from "../audit/log-proofs.ts";
import { verifierOf } from "../audit/note-signers.ts";
import { proveConsistency, proveInclusion } from "../audit/tree/proofs.ts";
import { checkpointAt } from "./log-checkpoints.ts";
import { loadLogKeys } from "./log-keys.ts";
import { storedTiles } from "./log-tiles.ts";
import { statementFailure } from "./statement-failure.ts";

/** Proofs from the stored tiles; any number of them reads its tiles in one statement. */
export function createLogProofs(pool: Pool): LogProofs {
  const source = storedTiles(pool);
  return {
    head: () => answered(checkpointAt(pool, Number.MAX_SAFE_INTEGER)),
    headAt: (treeSize) => answered(checkpointAt(pool, treeSize)),
    inclusion: async (treeIndexes, head) => {
      const size = head.treeSize;
      const paths = await answered(proveInclusion({ source, size, indexes: treeIndexes }));
      return treeIndexes.map((treeIndex, at) => ({ treeIndex, head, hashes: paths[at] ?? [] }));
    },
    consistency: (from, to) => answered(proveConsistency({ source, from, to })),
    keys: () => answered(keysIn(pool)),
  };
}

async function keysIn(pool: Pool): Promise<LogKey[]> {
  const own = (await loadLogKeys(pool)).map((key): LogKey => {
    const { validFrom, validTo } = key;
    return { verifierKey: verifierOf(key).text, kind: "LOG", validFrom, validTo };
  });
  const { rows } = await pool.query<{ verifierKey: string; validFrom: Date }>(
    `SELECT verifier_key AS "verifierKey", first_seen_at AS "validFrom"
       FROM log_witness ORDER BY verifier_key`,
  );
  return [...own, ...rows.map((row) => ({ ...row, kind: "WITNESS" as const, validTo: null }))];
}

async function answered<Answer>(question: Promise<Answer>): Promise<Answer> {
  try {
    return await question;
  } catch (error) {
    throw statementFailure(error);
  }
}
