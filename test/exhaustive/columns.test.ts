import type { Pool } from "pg";
import { loadCatalog } from "../../src/catalog.ts";
import { bookkeepingColumns } from "../../src/database/bookkeeping-columns.ts";
import { migrateDown, migrateUp } from "../../src/database/migrate.ts";
import { createPool } from "../../src/database/pool.ts";
import { tableColumns } from "../../src/database/table-columns.ts";
import { type FreshDatabase, freshDatabase } from "../support/fresh-database.ts";

let database: FreshDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await freshDatabase();
  pool = createPool({ url: database.url, max: 2 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe("every column of a guarded table is known to the catalog or as bookkeeping", () => {
  test.each([...loadCatalog().values()])("$table", async (type) => {
    const { rows } = await pool.query<{ name: string; kind: string }>(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS kind FROM pg_attribute
        WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
      [type.table],
    );
    const known = new Map([["id", "uuid"], ...tableColumns(type), ...bookkeepingColumns(type)]);
    const spelled = (kind: string): string =>
      kind === "timestamptz" ? "timestamp with time zone" : kind;
    expect(Object.fromEntries(rows.map(({ name, kind }) => [name, kind]))).toEqual(
      Object.fromEntries([...known].map(([name, kind]) => [name, spelled(kind)])),
    );
  });
});

test("migrations down to nothing and up again leave the same schema", async () => {
  const empty = await freshDatabase({ empty: true });
  const other = createPool({ url: empty.url, max: 2 });
  await migrateUp(other);
  const first = await definitionsIn(other);
  await migrateDown(other, { to: 0 });
  const left = await definitionsIn(other);
  expect(left.filter((text) => !text.includes("schema_migration"))).toEqual([]);
  await migrateUp(other);
  expect(await definitionsIn(other)).toEqual(first);
  expect(first.length).toBeGreaterThan(100);
  await other.end();
  await empty.drop();
});

/** Columns, constraints and indexes of all tables, as PostgreSQL would write them. */
async function definitionsIn(from: Pool): Promise<string[]> {
  const { rows } = await from.query<{ text: string }>(`
    SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
                     a.attnotnull, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)) AS text
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    UNION ALL
    SELECT concat_ws(' ', 'constraint', conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT concat_ws(' ', 'index', indexname, indexdef) FROM pg_indexes WHERE schemaname = 'public'
     ORDER BY 1`);
  return rows.map(({ text }) => text);
}
