import type { Pool } from "pg";
import { createPool } from "../../../src/database/pool.ts";
import { type FreshDatabase, freshDatabase } from "../../support/fresh-database.ts";

let database: FreshDatabase;
let pool: Pool;
let lost: Error[];

beforeAll(async () => {
  database = await freshDatabase({ empty: true });
});

beforeEach(() => {
  lost = [];
  pool = createPool({
    url: database.url,
    max: 1,
    connectTimeoutMs: 300,
    statementTimeoutMs: 200,
    onConnectionLost: (error) => lost.push(error),
  });
});

afterEach(() => pool.end());

afterAll(() => database.drop());

/** Ends all connections of the pool, as a restart of the server does. */
async function disconnectEverybody(): Promise<void> {
  const other = createPool({ url: database.url, max: 1, applicationName: "other" });
  await other.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'custodia' AND datname = current_database()",
  );
  await other.end();
}

test("a connection that is lost while nobody uses it is replaced", async () => {
  await pool.query("SELECT 1");
  await disconnectEverybody();
  while (lost.length === 0) await new Promise(setImmediate);
  expect((await pool.query("SELECT 2 AS two")).rows).toEqual([{ two: 2 }]);
});

test("a connection that is lost while it is lent out fails its work, not the process", async () => {
  const client = await pool.connect();
  await disconnectEverybody();
  await expect(client.query("SELECT 1")).rejects.toThrow(/terminat|not queryable/);
  client.release(true);
  expect((await pool.query("SELECT 2 AS two")).rows).toEqual([{ two: 2 }]);
});

test("a statement that runs too long is ended", async () => {
  await expect(pool.query("SELECT pg_sleep(5)")).rejects.toThrow("statement timeout");
});

test("who waits too long for a connection is told, not kept", async () => {
  const client = await pool.connect();
  await expect(pool.connect()).rejects.toThrow("timeout exceeded when trying to connect");
  client.release();
});
