import type { Pool } from "pg";
import type { LogState } from "../audit/log-state.ts";

/** How the log stands now, by the database's clock. */
export async function readLogState(pool: Pool): Promise<LogState> {
  const { rows } = await pool.query<{
    unsealed: string;
    oldest: string | null;
    size: string | null;
    age: string | null;
  }>({
    name: "log_state",
    text: `SELECT w.unsealed, w.oldest, (SELECT tree_size FROM log_head) AS size,
                  extract(epoch FROM clock_timestamp() -
                    (SELECT sealed_at FROM log_checkpoint ORDER BY tree_size DESC LIMIT 1)) AS age
             FROM (SELECT count(*) AS unsealed,
                          extract(epoch FROM clock_timestamp() - min(received_at)) AS oldest
                     FROM decision_inbox) w`,
  });
  const { unsealed = 0, oldest = null, size = null, age = null } = rows[0] ?? {};
  return {
    unsealed: Number(unsealed),
    oldestUnsealedS: Math.max(0, Number(oldest ?? 0)),
    treeSize: Number(size ?? 0),
    checkpointAgeS: age === null ? null : Math.max(0, Number(age)),
  };
}
