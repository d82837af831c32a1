import { canonicalText } from "../../../src/audit/decision-record.ts";
import { createPool } from "../../../src/database/pool.ts";
import {
  type AuditWorld,
  auditWorld,
  countingMetrics,
  faultsOfLog,
  headOf,
  readingRecord,
  readingRecords,
} from "../../support/audit-world.ts";
import { eventually } from "../../support/eventually.ts";

/** Thousands of records on a busy machine. */
const PATIENCE_MS = 120_000;

let world: AuditWorld;
beforeEach(async () => {
  world = await auditWorld();
});
afterEach(() => world.close());

const inbox = (): Promise<string> => world.value("select count(*) from decision_inbox");
const sealedIds = (): Promise<string[]> =>
  world.value("select coalesce(array_agg(id order by tree_index), '{}') from decision");

test("what waits is sealed in the order in which it came, and signed", async () => {
  const ids = [...(await world.put(readingRecords(3))), ...(await world.put(readingRecords(2)))];
  const sealer = world.sealer();
  expect(await sealer.tick()).toEqual({ isLeader: true, records: 5, hasMore: false });
  expect([...(await sealedIds())].sort()).toEqual([...ids].sort());
  expect(await inbox()).toBe("0");
  expect(await sealer.tick()).toEqual({ isLeader: true, records: 0, hasMore: false });
  expect((await headOf(world.pool)).size).toBe(5);
  expect(await faultsOfLog(world.pool)).toEqual([]);
});

test("a log grows over the edges of tiles by batches of any size", async () => {
  const sealer = world.sealer({ mostRecords: 700 });
  for (const count of [1, 254, 1, 1, 255, 700, 333]) {
    await world.put(readingRecords(count));
    expect((await sealer.tick()).records).toBe(count);
  }
  expect(await faultsOfLog(world.pool)).toEqual([]);
});

test("a text becomes a leaf as it is, to the byte", async () => {
  const record = readingRecord({ request: "r-Łódź 票 \u2028 𝄞", about: { verb: "a\\u0000b" } });
  await world.put([record]);
  await world.sealer().tick();
  expect(await world.value("select body from decision")).toBe(canonicalText(record));
  expect(await faultsOfLog(world.pool)).toEqual([]);
});

test("records are found by what they say", async () => {
  const record = readingRecord({ clear: "PRIVATE" });
  await world.put([record]);
  await world.sealer().tick();
  const { rows } = await world.pool.query(
    `select retention, principal_id, roles, fields, subjects, row_count from decision
      where subjects @> array[$1::uuid]`,
    [record.rows.customers[1]],
  );
  expect(rows).toEqual([
    {
      retention: "PRIVATE",
      principal_id: record.caller.id,
      roles: ["CUSTOMER_SERVICE"],
      fields: ["Customer.fullName", "Customer.idNumber", "Customer.phone"],
      subjects: [...record.rows.customers].sort(),
      row_count: 3,
    },
  ]);
});

test("a record that was sealed and comes again is forgotten", async () => {
  const [first, second] = readingRecords(2);
  if (first === undefined || second === undefined) throw new Error("There are two.");
  const sealer = world.sealer();
  await world.put([first]);
  await sealer.tick();
  await world.put([first, second]);
  expect((await sealer.tick()).records).toBe(1);
  expect(await sealedIds()).toEqual([first.id, second.id]);
  expect(await inbox()).toBe("0");
  expect(await faultsOfLog(world.pool)).toEqual([]);
});

describe("what can't be read is sealed as it is, and told", () => {
  const put = (id: string, body: string): Promise<unknown> =>
    world.pool.query("insert into decision_inbox (id, body) values ($1, $2)", [id, body]);

  test.each([
    ["no JSON", () => "{ no record"],
    ["another record's id", () => canonicalText(readingRecord())],
    ["nothing of a record", () => "{}"],
    ["null", () => "null"],
  ])("%s", async (_name, body) => {
    const { id } = readingRecord();
    const text = body();
    const metrics = countingMetrics();
    await world.put(readingRecords(2));
    await put(id, text);
    expect((await world.sealer({ metrics }).tick()).records).toBe(3);
    expect(metrics.said["unreadable"]).toBe(1);
    const { rows } = await world.pool.query(
      "select body, action, retention from decision where id = $1",
      [id],
    );
    expect(rows).toEqual([{ body: text, action: "UNREADABLE", retention: "PRIVATE" }]);
    expect(await faultsOfLog(world.pool)).toEqual([]);
  });

  test("one column that can't be stored leaves the others searchable", async () => {
    const odd = readingRecord({
      purpose: "a\0b",
      concerned: ["nobody"],
      rows: { ...readingRecord().rows, count: -1 },
    });
    await put(odd.id, canonicalText(odd));
    await world.sealer().tick();
    const { rows } = await world.pool.query(
      "select purpose, concerned_ids, row_count, action, principal_id from decision",
    );
    expect(rows).toEqual([
      {
        purpose: null,
        concerned_ids: [],
        row_count: 0,
        action: "READ",
        principal_id: odd.caller.id,
      },
    ]);
    expect(await faultsOfLog(world.pool)).toEqual([]);
  });

  test("what only the database refuses is found by halves, and sealed without columns", async () => {
    await world.pool.query("alter table decision add constraint odd check (purpose <> 'ODD')");
    const odd = readingRecord({ purpose: "ODD" });
    const ids = await world.put([...readingRecords(5), odd, ...readingRecords(5)]);
    const sealer = world.sealer();
    for (let ticks = 0; (await inbox()) !== "0" && ticks < 40; ticks++) await sealer.tick();
    expect([...(await sealedIds())].sort()).toEqual([...ids].sort());
    expect(
      await world.value("select array_agg(id) from decision where action = 'UNREADABLE'"),
    ).toEqual([odd.id]);
    expect(await faultsOfLog(world.pool)).toEqual([]);
  });
});

describe("several sealers", () => {
  test(
    "at once never fork the log, and seal nothing twice",
    async () => {
      // No lease holds them apart: only the head does.
      const anybody = { take: async () => true, release: async () => undefined };
      const sealers = Array.from({ length: 4 }, (_, at) =>
        world.sealer({ lease: anybody, mostRecords: 20 + 37 * at, everyMs: 5 }),
      );
      for (const sealer of sealers) sealer.start();
      const ids: string[] = [];
      for (let round = 0; round < 40; round++) {
        const groups = await Promise.all(
          [1, 2, 3].map((times) => world.put(readingRecords(17 * times))),
        );
        ids.push(...groups.flat());
      }
      await Promise.all(sealers.map((sealer) => sealer.stop()));
      while ((await inbox()) !== "0") await Promise.all(sealers.map((sealer) => sealer.tick()));
      expect(sealers.map(({ halted }) => halted)).toEqual([null, null, null, null]);
      expect(ids).toHaveLength(4_080);
      expect([...(await sealedIds())].sort()).toEqual(ids.sort());
      expect(await faultsOfLog(world.pool)).toEqual([]);
    },
    PATIENCE_MS,
  );

  test("one leads; another takes over when it goes", async () => {
    const [one, other] = [world.sealer(), world.sealer()];
    await world.put(readingRecords(1));
    expect((await one.tick()).isLeader).toBe(true);
    expect((await other.tick()).isLeader).toBe(false);
    await one.stop();
    expect((await other.tick()).isLeader).toBe(true);
    expect((await one.tick()).isLeader).toBe(false);
    expect(await world.value("select epoch from log_lease")).toBe("2");
  });

  test("one takes over from a holder that vanished, once its time is over", async () => {
    const [vanished, other] = [world.sealer({ leaseMs: 300 }), world.sealer({ leaseMs: 300 })];
    await vanished.tick();
    expect((await other.tick()).isLeader).toBe(false);
    await eventually(async () => expect((await other.tick()).isLeader).toBe(true));
    expect((await vanished.tick()).isLeader).toBe(false);
  });

  test("one takes over a lease that a clock set back has put far ahead", async () => {
    await world.sealer().tick();
    await world.pool.query("update log_lease set expires_at = now() + interval '1 hour'");
    expect((await world.sealer().tick()).isLeader).toBe(true);
  });
});

test("a clock that was set back does no harm: time of the log does not go back", async () => {
  const ahead = new Date(Date.now() + 3 * 86_400_000);
  await world.pool.query("update log_head set sealed_at = $1", [ahead]);
  const sealer = world.sealer();
  for (let round = 0; round < 3; round++) {
    await world.put(readingRecords(2));
    expect((await sealer.tick()).records).toBe(2);
  }
  expect(await world.value("select array_agg(distinct sealed_at) from decision")).toEqual([ahead]);
  expect(await faultsOfLog(world.pool)).toEqual([]);
});

test("what is signed is durable, also where the server's default is not", async () => {
  const { rows } = await world.pool.query<{ name: string }>("select current_database() as name");
  await world.pool.query(`alter database ${rows[0]?.name} set synchronous_commit = off`);
  await world.pool.query(`
    create table kept (setting text);
    create function keep_setting() returns trigger language plpgsql as $$
    begin insert into kept values (current_setting('synchronous_commit')); return null; end $$;
    create trigger keep after insert on log_checkpoint for each row execute function keep_setting()`);
  await world.put(readingRecords(1));
  await world.sealer().tick();
  expect(await world.value("select array_agg(setting) from kept")).toEqual(["on"]);
});

test("a connection that dies in the middle of a sealing leaves all of it or nothing", async () => {
  const pool = createPool({ url: world.database.url, max: 2, applicationName: "doomed" });
  const metrics = countingMetrics();
  const sealer = world.sealer({ pool, metrics });
  const ids = await world.put(readingRecords(600));
  // Ends its connection at one moment after another, until a sealing was hit.
  let delayMs = 0;
  while ((metrics.said["failed"] ?? 0) < 5 && delayMs < 200) {
    const sealing = sealer.tick();
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await world.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doomed'",
    );
    await sealing;
    expect(await faultsOfLog(world.pool)).toEqual([]);
    ids.push(...(await world.put(readingRecords(50))));
    delayMs += 3;
  }
  expect(metrics.said["failed"]).toBeGreaterThan(0);
  await eventually(async () => {
    await sealer.tick();
    expect(await inbox()).toBe("0");
  });
  expect([...(await sealedIds())].sort()).toEqual(ids.sort());
  expect(await faultsOfLog(world.pool)).toEqual([]);
  await pool.end();
});
