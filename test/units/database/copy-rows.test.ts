import fc from "fast-check";
import type { Pool } from "pg";
import type { ListedKind } from "../../../src/database/column-lists.ts";
import { copyInto, encodeRows } from "../../../src/database/copy-rows.ts";
import { createPool } from "../../../src/database/pool.ts";
import { inTransaction } from "../../../src/database/transaction.ts";
import { type FreshDatabase, freshDatabase } from "../../support/fresh-database.ts";

let database: FreshDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await freshDatabase();
  pool = createPool({ url: database.url, max: 1 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const text = fc
  .string({ unit: "binary", maxLength: 40 })
  .filter((value) => value.isWellFormed() && !value.includes("\0"));
const uuid = fc.uuid();
const date = fc
  .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const moment = fc.date({
  min: new Date("0001-01-01"),
  max: new Date("9999-12-31"),
  noInvalidDate: true,
});

const VALUES = {
  text,
  uuid,
  date,
  integer: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
  boolean: fc.boolean(),
  timestamptz: moment,
  bytea: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  "uuid[]": fc.array(uuid, { maxLength: 3 }),
  "text[]": fc.array(text, { maxLength: 3 }),
} satisfies Partial<Record<ListedKind, fc.Arbitrary<unknown>>>;
const KINDS = Object.keys(VALUES) as (keyof typeof VALUES)[];

const target = {
  table: "copied",
  columns: [
    ["at", "integer"] as const,
    ...KINDS.map((kind, index) => [`c${index}`, kind] as const),
  ],
};
const anyRow = fc.tuple(...KINDS.map((kind) => fc.option<unknown>(VALUES[kind])));

test("whatever a row holds comes back as it was written", async () => {
  await pool.query(
    `CREATE TABLE copied (${target.columns.map(([column, kind]) => `${column} ${kind}`).join(", ")})`,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { maxLength: 30 }), async (rows) => {
      await pool.query("TRUNCATE copied");
      const numbered = rows.map((cells, at) => [at, ...cells]);
      await inTransaction(pool, (client) => copyInto(client, target, encodeRows(target, numbered)));
      const columns = KINDS.map((kind, at) => (kind === "date" ? `c${at}::text` : `c${at}`));
      const { rows: stored } = await pool.query({
        text: `SELECT ${columns.join(", ")} FROM copied ORDER BY at`,
        rowMode: "array",
      });
      expect(stored).toEqual(rows);
    }),
    { numRuns: 40 },
  );
});

test("a row that a constraint refuses leaves none of its batch, and the connection is of use", async () => {
  await pool.query("CREATE TABLE numbered (at integer PRIMARY KEY)");
  const numbers = { table: "numbered", columns: [["at", "integer"] as const] };
  const copying = inTransaction(pool, (client) =>
    copyInto(client, numbers, encodeRows(numbers, [[1], [2], [1]])),
  );
  await expect(copying).rejects.toMatchObject({ code: "23505" });
  expect((await pool.query("SELECT FROM numbered")).rowCount).toBe(0);
});

test("more than fits a first buffer is copied whole", async () => {
  await pool.query("CREATE TABLE long (at integer, words text)");
  const long = {
    table: "long",
    columns: [["at", "integer"] as const, ["words", "text"] as const],
  };
  const words = "客户".repeat(20_000);
  const rows = Array.from({ length: 20 }, (_, at) => [at, words]);
  await inTransaction(pool, (client) => copyInto(client, long, encodeRows(long, rows)));
  const { rows: found } = await pool.query(
    "SELECT count(*)::int, count(DISTINCT words)::int AS kinds, min(length(words))::int AS length FROM long",
  );
  expect(found).toEqual([{ count: 20, kinds: 1, length: words.length }]);
});

test("a kind without a binary form here is refused before anything is sent", () => {
  const target = { table: "sums", columns: [["total", "numeric"] as const] };
  expect(() => encodeRows(target, [["1.50"]])).toThrow("numeric");
});
