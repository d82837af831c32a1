import type { ClientBase } from "pg";
import { BootError } from "../lib/boot-error.ts";
import type { Migration } from "./migration-files.ts";

/** A migration that ran on a database. */
export interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  readonly appliedAt: Date;
}

/** Any number; the same for all nodes and used for nothing else. */
const lockKey = 20_230_919;

/** How long a migration's statement may wait behind running requests before the migration gives up. */
const lockTimeout = "30s";

/**
 * Makes this transaction the only one that migrates, until it ends. Waiting for another node's
 * migration, and the migration itself, may take longer than a request's statement.
 */
export async function lockMigrations(client: ClientBase): Promise<void> {
  await client.query("SET LOCAL statement_timeout = 0");
  await client.query("SET LOCAL lock_timeout = 0");
  await client.query("SELECT pg_advisory_xact_lock($1)", [lockKey]);
  await client.query(`SET LOCAL lock_timeout = '${lockTimeout}'`);
}

/** What ran on this database, in order; nothing on a new one. */
export async function appliedMigrations(
  client: Pick<ClientBase, "query">,
): Promise<AppliedMigration[]> {
  const { rows: found } = await client.query(
    "SELECT to_regclass('schema_migration') IS NOT NULL AS found",
  );
  if (found[0].found !== true) return [];
  const { rows } = await client.query<AppliedMigration>(
    `SELECT number, name, checksum, applied_at AS "appliedAt" FROM schema_migration ORDER BY number`,
  );
  return rows;
}

/** Records a migration in the transaction that runs it. */
export async function recordApplied(
  client: ClientBase,
  { number, name, checksum }: Migration,
): Promise<void> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS schema_migration (
       number integer PRIMARY KEY,
       name text NOT NULL,
       checksum text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT now()
     )`,
  );
  await client.query("INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)", [
    number,
    name,
    checksum,
  ]);
}

/** Forgets a migration in the transaction that undoes it. */
export async function recordUndone(client: ClientBase, { number }: Migration): Promise<void> {
  await client.query("DELETE FROM schema_migration WHERE number = $1", [number]);
}

/**
 * Refuses a database whose history is not that of our files.
 *
 * @throws BootError naming each migration that changed after it ran, or that we do not have
 */
export function checkHistory(
  applied: readonly AppliedMigration[],
  known: readonly Migration[],
): void {
  const faults = applied.flatMap((past) => {
    const file = known.find(({ number }) => number === past.number);
    if (!file)
      return [
        `The database has migration ${past.name}, which this version of Custodia does not know.`,
      ];
    if (file.checksum === past.checksum) return [];
    return [
      `Migration ${file.name} was changed after it ran on this database: undo the change and write a new migration.`,
    ];
  });
  if (faults.length > 0) throw new BootError(faults);
}
