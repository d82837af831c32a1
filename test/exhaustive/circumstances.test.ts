import type { Pool } from "pg";
import { loadCatalog } from "../../src/catalog.ts";
import { typeIn } from "../../src/classification/catalog.ts";
import { createPool } from "../../src/database/pool.ts";
import { type FreshDatabase, freshDatabase } from "../support/fresh-database.ts";

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

async function textOf(query: string): Promise<string> {
  const { rows } = await pool.query<{ text: string }>(query);
  return rows[0]?.text ?? "";
}

test("the state that a record names holds every attribute of customers that rules read", async () => {
  const body = await textOf(
    "SELECT customer_circumstances_body(c) AS text FROM customer c LIMIT 1",
  );
  // The name of the state is no part of it.
  const read = [...attributes.keys()].filter((name) => name !== "circumstances");
  expect(Object.keys(JSON.parse(body) as object).sort()).toEqual(read.sort());
});

test("a change of any of them gives the state another name", async () => {
  const trigger = await textOf(
    "SELECT pg_get_triggerdef(oid) AS text FROM pg_trigger WHERE tgname = 'customer_circumstances_on_change'",
  );
  const watched = [...trigger.matchAll(/\bold\.([a-z_]+)/g)].map(([, column]) => column ?? "");
  // An id never changes, and the key of exports is made of jurisdiction and controller.
  const apart = ["id", "exportKey", "circumstances"];
  const read = [...attributes.values()].filter(({ name }) => !apart.includes(name));
  expect(watched.sort()).toEqual(read.map(({ column }) => column).sort());
});
