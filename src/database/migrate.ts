import type { ClientBase, Pool } from "pg";
import { BootError } from "../lib/boot-error.ts";
import { type Migration, migrationsFolder, readMigrations } from "./migration-files.ts";
import {
  type AppliedMigration,
  appliedMigrations,
  checkHistory,
  lockMigrations,
  recordApplied,
  recordUndone,
} from "./migration-record.ts";
import { inTransaction } from "./transaction.ts";

/** How far to go, and whose migrations: by default the project's own. */
export interface MigrateOptions {
  /** Number of the last migration that is to be in force; 0 leaves none. */
  readonly to?: number;
  readonly folder?: string;
}

/** Which migrations ran on a database and which would run next. */
export interface MigrationState {
  readonly applied: readonly AppliedMigration[];
  readonly pending: readonly Migration[];
}

/**
 * Runs what has not run yet, each migration in a transaction of its own, and returns it. Nodes that
 * start together wait for each other, and each step is run by one of them.
 *
 * @throws BootError when the database's history differs from the files, or a migration fails
 */
export async function migrateUp(pool: Pool, options: MigrateOptions = {}): Promise<Migration[]> {
  const known = readMigrations(options.folder ?? migrationsFolder());
  const last = options.to ?? known.length;
  return repeatInTransactions(pool, async (client) => {
    const applied = await appliedMigrations(client);
    checkHistory(applied, known);
    const next = known[applied.length];
    if (next === undefined || next.number > last) return undefined;
    await runFile(client, { file: `${next.name}.up.sql`, sql: next.up });
    await recordApplied(client, next);
    return next;
  });
}

/**
 * Undoes migrations, the latest first, down to the given number, and returns them. A changed file does
 * not hinder it: undoing is how a migration may be changed while it is being written.
 *
 * @throws BootError when the database has a migration without a file, or undoing fails
 */
export async function migrateDown(
  pool: Pool,
  options: MigrateOptions & { to: number },
): Promise<Migration[]> {
  const known = readMigrations(options.folder ?? migrationsFolder());
  return repeatInTransactions(pool, async (client) => {
    const latest = (await appliedMigrations(client)).at(-1);
    if (latest === undefined || latest.number <= options.to) return undefined;
    const migration = known.find(({ name }) => name === latest.name);
    if (!migration)
      throw new BootError(`There is no file ${latest.name}.down.sql to undo that migration with.`);
    await runFile(client, { file: `${migration.name}.down.sql`, sql: migration.down });
    await recordUndone(client, migration);
    return migration;
  });
}

/**
 * Compares a database with the files.
 *
 * @throws BootError when their histories differ
 */
export async function migrationState(
  pool: Pool,
  options: { folder?: string } = {},
): Promise<MigrationState> {
  const known = readMigrations(options.folder ?? migrationsFolder());
  const applied = await appliedMigrations(pool);
  checkHistory(applied, known);
  return { applied, pending: known.slice(applied.length) };
}

async function repeatInTransactions(
  pool: Pool,
  step: (client: ClientBase) => Promise<Migration | undefined>,
): Promise<Migration[]> {
  const done: Migration[] = [];
  for (;;) {
    const migration = await inTransaction(pool, async (client) => {
      await lockMigrations(client);
      return step(client);
    });
    if (migration === undefined) return done;
    done.push(migration);
  }
}

async function runFile(client: ClientBase, script: { file: string; sql: string }): Promise<void> {
  try {
    await client.query(script.sql);
  } catch (error) {
    const { message, position } = error as Error & { position?: string };
    const line =
      position === undefined
        ? ""
        : `, line ${script.sql.slice(0, Number(position)).split("\n").length}`;
    throw new BootError(`Migration ${script.file}${line}: ${message}`);
  }
}
