import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import { ChangeFeed, type ChangeFeedOptions } from "../../../src/database/change-feed.ts";
import { createPool } from "../../../src/database/pool.ts";
import { createLogger } from "../../../src/http/logger.ts";
import { type DatabaseProxy, proxyTo } from "../../support/database-proxy.ts";
import { eventually } from "../../support/eventually.ts";
import { type FreshDatabase, freshDatabase } from "../../support/fresh-database.ts";

let database: FreshDatabase;
let proxy: DatabaseProxy;
let pool: Pool;
let feed: ChangeFeed;
let told: (string | null)[];
beforeAll(async () => {
  database = await freshDatabase();
  proxy = await proxyTo(database.url);
  pool = createPool({ url: database.url, max: 3 });
});
afterEach(async () => {
  proxy.restore();
  await feed.close();
});
afterAll(async () => {
  await pool.end();
  await proxy.close();
  await database.drop();
});

async function follow(options: Partial<ChangeFeedOptions> = {}): Promise<void> {
  told = [];
  feed = new ChangeFeed({
    url: proxy.url,
    listens: true,
    pollMs: 100,
    limitMs: 600,
    timeoutMs: 1_000,
    logger: createLogger({ level: "silent" }),
    ...options,
  });
  feed.onChange((table) => told.push(table));
  await feed.start();
}

const suspend = "update principal set state = state where name = 'cs-agent'";
const listening =
  "from pg_stat_activity where application_name = 'custodia changes' and datname = current_database()";

test("what was committed is told by the name of its table, once for each table", async () => {
  await follow({ pollMs: 500 });
  await pool.query(suspend);
  await eventually(() => expect(told).toEqual(["principal"]));
  await pool.query(
    "begin; update organisation set name = name; update role_assignment set role = role; commit",
  );
  await eventually(() =>
    expect(new Set(told)).toEqual(new Set(["organisation", "principal", "role_assignment"])),
  );
});

test("what was rolled back is not told", async () => {
  await follow();
  await pool.query(`begin; ${suspend}; rollback`);
  await pause(300);
  expect(told).toEqual([]);
});

test("what nobody said is found by the count", async () => {
  await follow();
  await pool.query("update change_count set changes = changes + 1");
  await eventually(() => expect(told).toEqual([null]));
});

test("what is said after something that got lost counts as anything", async () => {
  await follow({ pollMs: 500 });
  await pool.query(`update change_count set changes = changes + 1; ${suspend}`);
  await eventually(() => expect(told).toContain(null));
});

test("without listening, changes are found by the count alone", async () => {
  await follow({ listens: false });
  await pool.query(suspend);
  await eventually(() => expect(told).toEqual([null]));
});

test("a count that goes back, as after another server took over, counts as anything", async () => {
  await follow();
  await pool.query("update change_count set changes = changes - 3");
  await eventually(() => expect(told).toEqual([null]));
});

test("a connection that the server ended is made anew, and what happened meanwhile counts as anything", async () => {
  await follow({ pollMs: 500 });
  const { rowCount } = await pool.query(`select pg_terminate_backend(pid) ${listening}`);
  expect(rowCount).toBe(1);
  await eventually(() => expect(told).toEqual([null]));
  await pool.query(suspend);
  await eventually(() => expect(told).toEqual([null, "principal"]));
});

test.each(["cut", "hang"] as const)(
  "with the connection %s it is not current, and is again afterwards",
  async (way) => {
    await follow();
    expect(await feed.isCurrent()).toBe(true);
    proxy[way]();
    await eventually(async () => expect(await feed.isCurrent()).toBe(false));
    await pool.query(suspend);
    proxy.restore();
    await eventually(async () => expect(await feed.isCurrent()).toBe(true));
    await eventually(() => expect(told).toContain(null));
  },
);

test("after a moment without any work it asks before it says yes", async () => {
  await follow();
  const until = performance.now() + 900;
  while (performance.now() < until);
  await expect(feed.isCurrent()).resolves.toBe(true);
});

test("many changes of a transaction are counted once", async () => {
  await follow({ listens: false });
  const countOf = async (): Promise<number> =>
    Number((await pool.query("select changes from change_count")).rows[0].changes);
  const before = await countOf();
  await pool.query("update principal set state = state");
  expect(await countOf()).toBe(before + 1);
});

test("two transactions that change the same tables in another order only wait", async () => {
  await follow({ listens: false });
  const [one, other] = [await pool.connect(), await pool.connect()];
  await one.query("begin; update principal set state = state where name = 'cs-agent'");
  await other.query("begin; update organisation set name = name where code = 'unrelated'");
  await one.query("update role_assignment set role = role where role = 'CS_AGENT'");
  await other.query("update principal set state = state where name = 'data-steward'");
  await Promise.all([one.query("commit"), other.query("commit")]);
  one.release();
  other.release();
});

test("every table from which a caller is made is watched", async () => {
  await follow();
  const { rows } = await pool.query<{ name: string }>(
    "select tgrelid::regclass::text as name from pg_trigger where tgfoid = 'note_change'::regproc",
  );
  expect(rows.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "organisation",
      "policy_version",
      "principal",
      "revoked_token",
      "role_assignment",
    ]),
  );
});
