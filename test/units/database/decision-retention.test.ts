import { loadCatalog } from "../../../src/catalog.ts";
import type { Sealer } from "../../../src/audit/sealer.ts";
import { systemRecord } from "../../../src/audit/system-record.ts";
import { leafHash } from "../../../src/audit/tree/hashing.ts";
import { verifyInclusion } from "../../../src/audit/tree/verify.ts";
import {
  type DroppedMonth,
  dropExpiredDecisions,
  type HeldPeriod,
  prepareDecisionMonths,
} from "../../../src/database/decision-retention.ts";
import { createLogProofs } from "../../../src/database/log-proofs.ts";
import { keptSince } from "../../../src/kept-since.ts";
import { readPolicyFiles } from "../../../src/policy/document.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { type AuditWorld, auditWorld, readingRecords } from "../../support/audit-world.ts";

let world: AuditWorld;
let sealer: Sealer;
beforeEach(async () => {
  world = await auditWorld();
  sealer = world.sealer();
});
afterEach(() => world.close());

const at = new Date("2033-02-10T00:00:00Z");
const since = { STANDARD: new Date("2030-02-10"), PRIVATE: new Date("2028-02-10") };

const drop = (held: readonly HeldPeriod[] = []): Promise<DroppedMonth[]> =>
  dropExpiredDecisions({
    database: world.pool,
    since,
    held,
    recordOf: (dropped) =>
      systemRecord({
        at,
        policyVersion: "p",
        lawPack: "l",
        about: { verb: "dropDecisions", ...dropped },
      }),
  });

/** Seals records of both kinds as if it were that time. */
async function sealAt(time: string): Promise<void> {
  await world.pool.query("alter table log_head disable trigger user");
  await world.pool.query("update log_head set sealed_at = $1", [time]);
  await world.put([...readingRecords(3), ...readingRecords(2, { clear: "PRIVATE" })]);
  expect((await sealer.tick()).records).toBe(5);
}

const MONTHS = [
  "2027-12-31T23:59:59Z",
  "2028-02-01T00:00:00Z",
  "2029-12-15T00:00:00Z",
  "2030-01-31T23:00:00Z",
  "2030-02-01T00:00:00Z",
  "2032-01-01T00:00:00Z",
];

async function left(): Promise<string[]> {
  const { rows } = await world.pool.query<{ text: string }>(
    `select to_char(sealed_at at time zone 'UTC', 'YYYY-MM') || ' ' || retention || ' ' || count(*) as text
       from decision group by sealed_at, retention order by sealed_at, retention desc`,
  );
  return rows.map(({ text }) => text);
}

test("months go of which everything is kept long enough, each kind by its own time", async () => {
  for (const time of MONTHS) await sealAt(time);
  const gone = await drop();
  expect(gone).toEqual([
    {
      retention: "PRIVATE",
      month: "2027-12",
      records: 2,
      indexes: { first: expect.any(Number), last: expect.any(Number) },
    },
    {
      retention: "STANDARD",
      month: "2027-12",
      records: 3,
      indexes: { first: expect.any(Number), last: expect.any(Number) },
    },
    { retention: "STANDARD", month: "2028-02", records: 3, indexes: expect.anything() },
    { retention: "STANDARD", month: "2029-12", records: 3, indexes: expect.anything() },
    { retention: "STANDARD", month: "2030-01", records: 3, indexes: expect.anything() },
  ]);
  expect(await left()).toEqual([
    "2028-02 PRIVATE 2",
    "2029-12 PRIVATE 2",
    "2030-01 PRIVATE 2",
    "2030-02 STANDARD 3",
    "2030-02 PRIVATE 2",
    "2032-01 STANDARD 3",
    "2032-01 PRIVATE 2",
  ]);
  expect(await drop()).toEqual([]);
});

test("proofs of what remains hold, and the log goes on with a record of what went", async () => {
  for (const time of MONTHS) await sealAt(time);
  const proofs = createLogProofs(world.pool);
  const before = await proofs.head();
  await drop();
  expect((await sealer.tick()).records).toBe(5);
  const head = await proofs.head();
  if (before === null || head === null) throw new Error("There are two heads.");
  expect([before.treeSize, head.treeSize]).toEqual([30, 35]);
  const { rows } = await world.pool.query<{ at: string; body: string }>(
    "select tree_index as at, body from decision order by tree_index",
  );
  expect(rows).toHaveLength(35 - 14);
  const given = await proofs.inclusion(
    rows.map((row) => Number(row.at)),
    head,
  );
  for (const [place, { treeIndex, hashes }] of given.entries()) {
    const leaf = leafHash(rows[place]?.body ?? "");
    expect(
      verifyInclusion({ index: treeIndex, size: 35, leaf, proof: hashes, root: head.root }),
    ).toBe(true);
  }
  const noted = rows.map(({ body }) => JSON.parse(body).about).filter((about) => about !== null);
  expect(noted).toHaveLength(5);
  expect(noted[0]).toMatchObject({
    verb: "dropDecisions",
    retention: "PRIVATE",
    month: "2027-12",
    records: 2,
  });
});

test("what an open engagement is about stays, whatever its age", async () => {
  for (const time of MONTHS) await sealAt(time);
  const held = [{ from: new Date("2029-12-31T12:00:00Z"), to: new Date("2030-01-01T00:00:00Z") }];
  const gone = await drop(held);
  expect(gone.map(({ month, retention }) => `${month} ${retention}`)).toEqual([
    "2027-12 PRIVATE",
    "2027-12 STANDARD",
    "2028-02 STANDARD",
    "2030-01 STANDARD",
  ]);
});

test("nodes that drop at once drop each month once", async () => {
  for (const time of MONTHS.slice(0, 2)) await sealAt(time);
  const runs = await Promise.all([drop(), drop(), drop()]);
  expect(
    runs
      .flat()
      .map(({ month, retention }) => `${month} ${retention}`)
      .sort(),
  ).toEqual(["2027-12 PRIVATE", "2027-12 STANDARD", "2028-02 STANDARD"]);
  expect(await world.value("select count(*) from decision_inbox")).toBe("3");
});

test("there is room for the months to come", async () => {
  await prepareDecisionMonths(world.pool);
  await prepareDecisionMonths(world.pool);
  const months = await world.value<string>(
    "select count(*) from pg_inherits where inhparent in ('decision_standard'::regclass, 'decision_private'::regclass)",
  );
  expect(Number(months)).toBeGreaterThanOrEqual(8);
});

describe("how long decisions are kept", () => {
  const policy = loadPolicy(readPolicyFiles("policies"), loadCatalog());

  test("the longest time of all laws counts, and readings of PRIVATE values are kept longer", () => {
    expect(keptSince(policy, new Date("2026-11-27T10:00:00Z"))).toEqual({
      STANDARD: new Date("2023-11-27T10:00:00Z"),
      PRIVATE: new Date("2021-11-27T10:00:00Z"),
    });
  });

  test("without law nothing goes", () => {
    expect(keptSince({}, at)).toBeNull();
  });
});
