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

test("its text is that of jsonb, whatever the attributes hold", async () => {
  const columns = [...attributes.values()].filter(({ name }) => name !== "circumstances");
  const pairs = columns.map(({ name, column }) => `'${name}', c.${column}`).join(", ");
  const awkward = `array['a"b', 'c\\d', '汉字', E'tab\there', '{}', '']`;
  const ids = "array[gen_random_uuid(), gen_random_uuid()]";
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(
      `UPDATE customer SET province = E'广东 "省"\\\n\x01', case_codes = ${awkward}, transfer_ids = ${ids},
              related_party_of = ${ids}, assigned_agent_ids = ${ids}, minor_approved_ids = ${ids},
              former_controller_ids = ${ids}, prospective_controller_ids = ${ids},
              basis_purposes = '{}', original_purposes = ${awkward}
        WHERE id IN (SELECT id FROM customer ORDER BY id LIMIT 20)`,
    );
    const { rows } = await client.query(
      `SELECT count(*)::int AS customers, count(DISTINCT c.province)::int > 5 AS varied,
              count(*) FILTER (WHERE customer_circumstances_body(c) = jsonb_build_object(${pairs})::text)::int AS same
         FROM customer c`,
    );
    expect(rows[0].customers).toBeGreaterThan(1_000);
    expect(rows).toEqual([{ customers: rows[0].customers, varied: true, same: rows[0].customers }]);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
});

test("whoever writes a customer names its circumstances as the database names their changes", async () => {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS customers,
            count(*) FILTER (WHERE circumstances = circumstances_digest(circumstances_salt, customer_circumstances_body(c))
                               AND octet_length(circumstances_salt) = 16)::int AS named,
            count(DISTINCT circumstances_salt)::int AS salts
       FROM customer c`,
  );
  const { customers } = rows[0];
  expect(customers).toBeGreaterThan(1_000);
  expect(rows).toEqual([{ customers, named: customers, salts: customers }]);
});

test("a customer without the name of its circumstances is refused", async () => {
  const insert = `INSERT INTO customer (id, controller_id, kind, jurisdiction, age_band)
                  SELECT gen_random_uuid(), controller_id, kind, jurisdiction, age_band FROM customer LIMIT 1`;
  await expect(pool.query(insert)).rejects.toMatchObject({ code: "23502" });
});
