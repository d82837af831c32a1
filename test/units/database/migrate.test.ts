import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { migrateDown, migrateUp, migrationState } from "../../../src/database/migrate.ts";
import { migrationsFolder, readMigrations } from "../../../src/database/migration-files.ts";
import { createPool } from "../../../src/database/pool.ts";
import { type FreshDatabase, freshDatabase } from "../../support/fresh-database.ts";

let database: FreshDatabase;
let pool: Pool;

beforeEach(async () => {
  database = await freshDatabase({ empty: true });
  pool = createPool({ url: database.url, max: 4 });
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

describe("the project's migrations", () => {
  const all = readMigrations(migrationsFolder()).map(({ name }) => name);

  test("run once, in order, and are remembered", async () => {
    const run = await migrateUp(pool);
    expect(run.map(({ name }) => name)).toEqual(all);
    expect(await migrateUp(pool)).toEqual([]);
    const { applied, pending } = await migrationState(pool);
    expect(applied.map(({ name }) => name)).toEqual(all);
    expect(pending).toEqual([]);
  });

  test("each undo leaves the schema as it was before", async () => {
    const before = [];
    for (let number = 0; number < all.length; number++) {
      await migrateUp(pool, { to: number });
      before.push(await schemaOf(pool));
    }
    await migrateUp(pool);
    for (let number = all.length - 1; number >= 0; number--) {
      await migrateDown(pool, { to: number });
      expect(await schemaOf(pool)).toEqual(before[number]);
    }
  });

  test("nodes that start together run each step once", async () => {
    const others = createPool({ url: database.url, max: 4 });
    const runs = await Promise.all([migrateUp(pool), migrateUp(others), migrateUp(pool)]);
    await others.end();
    expect(
      runs
        .flat()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(all);
  });
});

describe("a history that differs from the files", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "custodia-migrations-"));
    writeFileSync(join(folder, "0001-first.up.sql"), "CREATE TABLE first (id integer);");
    writeFileSync(join(folder, "0001-first.down.sql"), "DROP TABLE first;");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test("a file that changed after it ran is named, and nothing more runs", async () => {
    await migrateUp(pool, { folder });
    writeFileSync(join(folder, "0001-first.up.sql"), "CREATE TABLE first (id bigint);");
    const refusal = /Migration 0001-first was changed after it ran/;
    await expect(migrateUp(pool, { folder })).rejects.toThrow(refusal);
    await expect(migrationState(pool, { folder })).rejects.toThrow(refusal);
  });

  test("a changed file may be undone and run again", async () => {
    await migrateUp(pool, { folder });
    writeFileSync(join(folder, "0001-first.up.sql"), "CREATE TABLE first (id bigint);");
    await migrateDown(pool, { folder, to: 0 });
    expect(await migrateUp(pool, { folder })).toHaveLength(1);
  });

  test("a migration of a newer version is named", async () => {
    const newer = mkdtempSync(join(tmpdir(), "custodia-migrations-"));
    cpSync(folder, newer, { recursive: true });
    writeFileSync(join(newer, "0002-second.up.sql"), "CREATE TABLE second (id integer);");
    writeFileSync(join(newer, "0002-second.down.sql"), "DROP TABLE second;");
    await migrateUp(pool, { folder: newer });
    rmSync(newer, { recursive: true });
    await expect(migrateUp(pool, { folder })).rejects.toThrow(
      /has migration 0002-second, which this version/,
    );
    await expect(migrateDown(pool, { folder, to: 0 })).rejects.toThrow(
      /no file 0002-second.down.sql/,
    );
  });

  test("a migration that fails names its file and line and leaves nothing", async () => {
    writeFileSync(
      join(folder, "0001-first.up.sql"),
      "CREATE TABLE first (id integer);\n\nCREATE TABEL second;",
    );
    await expect(migrateUp(pool, { folder })).rejects.toThrow(
      /Migration 0001-first.up.sql, line 3: syntax error/,
    );
    expect(await schemaOf(pool)).toEqual([]);
  });

  test("misnamed, unpaired and missing files are all told together", () => {
    writeFileSync(join(folder, "0003-third.up.sql"), "");
    writeFileSync(join(folder, "notes.sql"), "");
    expect(() => readMigrations(folder)).toThrow(
      /0003-third.down.sql is missing\nnotes.sql: migrations are named .*\n0003-third: its number has to be 0002/,
    );
  });
});

/** Everything that migrations make, except their own record. */
async function schemaOf(anyPool: Pool): Promise<unknown[]> {
  const { rows } = await anyPool.query(`
    SELECT 'relation' AS kind, c.relkind::text || ' ' || c.relname AS name,
           coalesce(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), '') AS detail
      FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'schema_migration%'
    UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'schema_migration%'
    UNION ALL SELECT 'type', typname, typtype::text FROM pg_type
     WHERE typnamespace = 'public'::regnamespace AND typname NOT LIKE '%schema_migration%'
    UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger', tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal
    ORDER BY 1, 2, 3`);
  return rows;
}
