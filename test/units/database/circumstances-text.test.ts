import fc from "fast-check";
import type { Pool } from "pg";
import "reflect-metadata";
import { circumstancesDigest } from "../../../src/audit/circumstances.ts";
import { loadCatalog } from "../../../src/catalog.ts";
import { type NewCustomer, UNTOUCHED } from "../../../src/customers/customer-row.ts";
import type { Columns } from "../../../src/customers/customer.sealing.ts";
import { typeIn } from "../../../src/classification/catalog.ts";
import { circumstancesText } from "../../../src/database/circumstances-text.ts";
import { writeCustomers } from "../../../src/database/customer-writer.ts";
import { createPool } from "../../../src/database/pool.ts";
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

const { attributes } = typeIn(loadCatalog(), "Customer");

/** Texts that a column takes: any but for NUL and half a surrogate pair. */
const text = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("", '"', "\\", "\t\n\u0001\u007f\u2028", "广东省", "𠮷{}"),
  )
  .map((any) => any.toWellFormed().replaceAll("\0", ""));
const uuid = fc.uuid();

const KINDS = {
  uuid,
  text,
  boolean: fc.boolean(),
  "uuid[]": fc.array(uuid, { maxLength: 3 }),
  "text[]": fc.array(text, { maxLength: 4 }),
};
/** Columns whose values are words of a list that the database holds to. */
const WORDS: Record<string, readonly string[]> = {
  kind: ["INDIVIDUAL", "ORGANISATION"],
  state: ["ACTIVE", "RESTRICTED", "SEALED", "DECEASED", "DESTROYED"],
  jurisdiction: ["CN", "DE", "SG"],
  age_band: ["CHILD", "YOUTH", "ADULT", "UNKNOWN", "NOT_A_PERSON"],
};
const NULLABLE = ["province", "original_purposes"];
const OTHERS = ["id", "exportKey", "transferIds", "circumstances"];

const written = [...attributes.values()].filter(({ name }) => !OTHERS.includes(name));
const columns = fc.record(
  Object.fromEntries(
    written.map(({ column, kind }) => {
      const words = WORDS[column];
      const value = words ? fc.constantFrom(...words) : KINDS[kind as keyof typeof KINDS];
      return [
        column,
        NULLABLE.includes(column) ? fc.option(value as fc.Arbitrary<unknown>) : value,
      ];
    }),
  ) as Record<string, fc.Arbitrary<unknown>>,
);

const now = new Date("2026-11-23T12:00:00Z");

function customerOf(id: string, of: Record<string, unknown>): NewCustomer {
  const times = { created_at: now, updated_at: now };
  return { id, columns: { ...UNTOUCHED, ...times, ...of } as Columns, key: null, events: [] };
}

test("a new customer's circumstances have the text and the name that the database gives them", async () => {
  const batch = fc.uniqueArray(fc.record({ id: uuid, columns }), {
    minLength: 20,
    maxLength: 60,
    selector: ({ id }) => id,
  });
  await fc.assert(
    fc.asyncProperty(batch, async (drawn) => {
      const customers = drawn.map((one) => customerOf(one.id, one.columns));
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        await writeCustomers(client, customers);
        const { rows } = await client.query<{ body: string; name: string; salt: Buffer }>(
          `SELECT customer_circumstances_body(c) AS body, c.circumstances AS name, c.circumstances_salt AS salt
             FROM unnest($1::uuid[]) WITH ORDINALITY AS w (id, at) JOIN customer c ON c.id = w.id ORDER BY at`,
          [customers.map(({ id }) => id)],
        );
        expect(rows.map(({ body }) => body)).toEqual(customers.map(circumstancesText));
        expect(rows.map(({ name }) => name)).toEqual(
          rows.map(({ salt, body }) => circumstancesDigest(salt, body)),
        );
      } finally {
        await client.query("ROLLBACK");
        client.release();
      }
    }),
    { numRuns: 50 },
  );
});
