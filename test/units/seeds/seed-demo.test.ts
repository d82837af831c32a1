import { AGES } from "../../support/ages.ts";
import "reflect-metadata";
import type { Pool } from "pg";
import { seedDemo } from "../../../seeds/seed-demo.ts";
import { createPool } from "../../../src/database/pool.ts";
import { refreshAgeBands } from "../../../src/database/age-bands.ts";
import { fileMasterKey } from "../../../src/sealing/file-master-key.ts";
import { type FreshDatabase, freshDatabase } from "../../support/fresh-database.ts";
import { TEMPLATE_NOW } from "../../support/template.ts";
import { testMasterKeyFile } from "../../support/test-server.ts";

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

async function one(sql: string): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<Record<string, unknown>>(sql);
  return rows[0] ?? {};
}

test("a second seeding changes nothing", async () => {
  const state = `SELECT count(*), max(c.xmin::text::bigint), (SELECT count(*) FROM customer_event) AS events,
                        (SELECT count(*) FROM transfer_item) AS items FROM customer c`;
  const before = await one(state);
  const masterKey = fileMasterKey({ path: testMasterKeyFile(), create: false });
  expect(await seedDemo({ pool, masterKey, now: TEMPLATE_NOW })).toMatchObject({ written: 0 });
  expect(await one(state)).toEqual(before);
});

test("more customers go on where the demonstration ends", async () => {
  const masterKey = fileMasterKey({ path: testMasterKeyFile(), create: false });
  expect(await seedDemo({ pool, masterKey, now: TEMPLATE_NOW, customers: 5_700 })).toMatchObject({
    written: 700,
  });
});

test("a customer has a data key unless it was destroyed", async () => {
  expect(
    await one(`SELECT count(*)::int AS wrong FROM customer c
                WHERE (c.state = 'DESTROYED') = EXISTS (SELECT FROM customer_key k WHERE k.customer_id = c.id)`),
  ).toEqual({ wrong: 0 });
});

test("a tombstone holds no value at all", async () => {
  const { rows } = await pool.query<{ row: Record<string, unknown> }>(
    "SELECT to_jsonb(c) AS row FROM customer c WHERE state = 'DESTROYED'",
  );
  const kept = new Set(
    rows.flatMap(({ row }) =>
      Object.keys(row).filter((column) => row[column] !== null && row[column] !== false),
    ),
  );
  expect(rows.length).toBeGreaterThan(50);
  expect(
    [...kept].filter((column) =>
      /_(sealed|partial|coarse|index)$|name|phone|email|address|region|province|digest|_no$/.test(
        column,
      ),
    ),
  ).toEqual([]);
});

test("the customers of a transfer that was cut over belong to the transferee", async () => {
  expect(
    await one(`SELECT count(*)::int AS wrong FROM transfer_item i JOIN customer c ON c.id = i.customer_id
                WHERE (i.state IN ('CUT_OVER', 'VERIFIED', 'SOURCE_SEALED', 'SOURCE_DESTROYED'))
                      <> (c.controller_id = i.transferee_id AND i.transferor_id = ANY (c.former_controller_ids))`),
  ).toEqual({ wrong: 0 });
});

test("customers grow out of their age band on the first of the month after the birthday", async () => {
  const bands = (): Promise<unknown> =>
    one(`SELECT count(*) FILTER (WHERE age_reckoned_from + interval '18 years' <= '2030-01-01')::int AS grown,
                count(*) FILTER (WHERE age_band = 'YOUTH' AND jurisdiction = 'DE'
                  AND age_reckoned_from + interval '16 years' > '2030-01-01')::int AS early,
                count(*) FILTER (WHERE age_band = 'ADULT' AND age_reckoned_from IS NOT NULL)::int AS told
           FROM customer`);
  expect(await bands()).toMatchObject({ early: 0, told: 0 });
  const refresh = { database: pool, now: new Date("2030-01-01T00:00:00Z") };
  expect(await refreshAgeBands({ ...refresh, agesIn: AGES })).toBeGreaterThan(20);
  expect(await bands()).toEqual({ grown: 0, early: 0, told: 0 });
});

test("an amendment of an age holds with the next refresh, for those who are not of age", async () => {
  const now = new Date("2030-01-01T00:00:00Z");
  const children = `SELECT count(*)::int AS n FROM customer WHERE age_band = 'CHILD'`;
  const before = (await one(children)) as { n: number };
  await refreshAgeBands({ database: pool, now, agesIn: () => ({ guardian: 17, majority: 18 }) });
  const amended = (await one(children)) as { n: number };
  expect(amended.n).toBeGreaterThan(before.n);
  await refreshAgeBands({ database: pool, now, agesIn: AGES });
  expect(await one(children)).toEqual(before);
});
