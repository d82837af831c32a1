import { Command, InvalidArgumentError } from "commander";
import type { Pool } from "pg";
import { loadConfig } from "../config.ts";
import {
  type MigrationState,
  migrateDown,
  migrateUp,
  migrationState,
} from "../database/migrate.ts";
import { openDatabase } from "../database/open-database.ts";

interface MigrateCommandOptions {
  readonly to?: number;
  readonly status?: true;
}

/** `custodia migrate`: brings the database's schema to this version, or to a given migration. */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("bring the database's schema up to date, or up or down to one migration")
    .option(
      "--to <number>",
      "number of the last migration to be in force; 0 undoes all",
      migrationNumber,
    )
    .option("--status", "only list which migrations ran and which would run")
    .action(async (options: MigrateCommandOptions) => {
      const database = await openDatabase(loadConfig(), { mayShare: true });
      try {
        if (options.status === true) listState(await migrationState(database.pool));
        else await migrateTo(database.pool, options.to);
      } finally {
        await database.close();
      }
    });
}

async function migrateTo(pool: Pool, to: number | undefined): Promise<void> {
  const undone = to === undefined ? [] : await migrateDown(pool, { to });
  const run = await migrateUp(pool, to === undefined ? {} : { to });
  for (const { name } of undone) console.log(`undone   ${name}`);
  for (const { name } of run) console.log(`applied  ${name}`);
  if (undone.length + run.length === 0) console.log("The schema is up to date.");
}

function listState({ applied, pending }: MigrationState): void {
  for (const { name, appliedAt } of applied)
    console.log(`applied  ${name}  ${appliedAt.toISOString()}`);
  for (const { name } of pending) console.log(`pending  ${name}`);
}

function migrationNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text))
    throw new InvalidArgumentError("It has to be a whole number such as 3.");
  return Number(text);
}
