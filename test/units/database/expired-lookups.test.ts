import type { Pool } from "pg";
import { forgetExpiredLookups } from "../../../src/database/expired-lookups.ts";
import { createPool } from "../../../src/database/pool.ts";
import { type FreshDatabase, freshDatabase } from "../../support/fresh-database.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const DAY_MS = 86_400_000;

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

/** Leaves a trace of something that was looked up so many days ago and remembered for one. */
async function lookUp(daysAgo: number, byte: number): Promise<void> {
  const seen = new Date(NOW.getTime() - daysAgo * DAY_MS);
  const id = `00000000-0000-7000-9000-${String(byte).padStart(12, "0")}`;
  await pool.query("insert into lookup_budget values ($1, 'Customer.idNumber', $2)", [id, seen]);
  await pool.query(
    "insert into lookup_seen values ($1, 'Customer.idNumber', $2, 'MISSED', $3, $4)",
    [id, Buffer.alloc(16, byte), seen, new Date(seen.getTime() + DAY_MS)],
  );
}

async function left(): Promise<unknown[]> {
  const { rows } = await pool.query(
    `select (select array_agg(seen_at order by seen_at) from lookup_seen) as seen,
            (select array_agg(spent_at order by spent_at) from lookup_budget) as budgets`,
  );
  return rows;
}

const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);

test("what was looked up is forgotten when its window is over, and no sooner", async () => {
  await lookUp(40, 1);
  await lookUp(2, 2);
  await lookUp(1, 3);
  await lookUp(0.9, 4);
  expect(await forgetExpiredLookups({ database: pool, now: NOW })).toBe(3);
  expect(await left()).toEqual([
    { seen: [daysAgo(0.9)], budgets: [daysAgo(2), daysAgo(1), daysAgo(0.9)] },
  ]);
});

test("whoever spends at that moment is not forgotten with the row that holds the others up", async () => {
  await pool.query("truncate lookup_budget, lookup_seen");
  await lookUp(40, 1);
  const spender = await pool.connect();
  await spender.query("begin");
  await spender.query("update lookup_budget set spent_at = $1", [NOW]);
  const forgetting = forgetExpiredLookups({ database: pool, now: NOW });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await spender.query("commit");
  spender.release();
  await forgetting;
  expect(await left()).toEqual([{ seen: null, budgets: [NOW] }]);
});
