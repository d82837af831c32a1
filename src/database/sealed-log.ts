import type { ClientBase, Pool } from "pg";
import type { SealedLog, SealingTransaction } from "../audit/sealed-log.ts";
import { lastCheckpoint } from "./log-checkpoints.ts";
import { loadLogKeys } from "./log-keys.ts";
import { storedTiles, writeTiles } from "./log-tiles.ts";
import { moveRecords } from "./sealed-records.ts";
import { inTransaction } from "./transaction.ts";
import { takeWaiting } from "./waiting-records.ts";

/** The sealed log in PostgreSQL. */
export function createSealedLog(pool: Pool): SealedLog {
  /** Months that are known to have their partitions. */
  const months = new Set<string>();
  return {
    hasWaiting: async () => {
      const { rows } = await pool.query<{ waits: boolean }>(
        "SELECT EXISTS (SELECT FROM decision_inbox) AS waits",
      );
      return rows[0]?.waits === true;
    },

    withHead: (work) =>
      inTransaction(pool, async (client) => {
        const { origin, head, sealedAt } = await lockHead(client);
        const month = sealedAt.toISOString().slice(0, 7);
        if (!months.has(month)) await makeRoom(client, sealedAt);
        const transaction: SealingTransaction = {
          origin,
          head,
          sealedAt,
          lastSigned: await lastCheckpoint(client),
          keys: await loadLogKeys(client),
          tiles: storedTiles(client),
          take: (wanted) => takeWaiting(client, wanted),
          write: async ({ records, tiles, head: { size, root }, note }) => {
            await moveRecords(client, { records, sealedAt });
            await writeTiles(client, tiles);
            await client.query({
              name: "log_head_write",
              text: `WITH head AS (UPDATE log_head SET tree_size = $1, root = $2, sealed_at = $3)
                     INSERT INTO log_checkpoint (tree_size, root, sealed_at, note) VALUES ($1, $2, $3, $4)`,
              values: [size, root, sealedAt, note],
            });
          },
        };
        const result = await work(transaction);
        months.add(month);
        return result;
      }),
  };
}

/** Locks the row that orders the log. Everything read after it is what the last one committed. */
export async function lockHead(
  client: ClientBase,
): Promise<Pick<SealingTransaction, "origin" | "head" | "sealedAt">> {
  const { rows } = await client.query<{
    origin: string;
    size: string;
    root: Buffer;
    before: Date;
  }>(`SELECT origin, tree_size AS size, root, sealed_at AS before FROM log_head FOR UPDATE`);
  const [row] = rows;
  if (row === undefined) throw new Error("The log has no head: it was never created.");
  // Asked after the lock is held: who waited for it seals later than whom it waited for. And what was
  // signed is shown to others at once, so its commit may not be lost, whatever the server's default is.
  const clock = await client.query<{ at: Date }>(
    `SELECT greatest($1, date_trunc('milliseconds', clock_timestamp())) AS at,
            set_config('synchronous_commit',
              CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                   ELSE current_setting('synchronous_commit') END, true)`,
    [row.before],
  );
  return {
    origin: row.origin,
    head: { size: Number(row.size), root: row.root },
    sealedAt: clock.rows[0]?.at ?? row.before,
  };
}

/** The inbox is locked first, as by everybody who works with both: none of them waits for another in a ring. */
async function makeRoom(client: ClientBase, sealedAt: Date): Promise<void> {
  await client.query("LOCK TABLE decision_inbox IN ROW EXCLUSIVE MODE");
  await client.query("SELECT ensure_decision_month($1)", [sealedAt]);
}
