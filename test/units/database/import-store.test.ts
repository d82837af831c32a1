import { AGES } from "../../support/ages.ts";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateRecord } from "../../../src/customers/customer.validation.ts";
import { canonicalRecord } from "../../../src/customers/import/record-digest.ts";
import { ImportConflict } from "../../../src/customers/import/import-store.ts";
import { type ImportWorld, importWorld } from "../../support/import-world.ts";
import { ledgerPath } from "../../support/judge-ledger.ts";
import { testMasterKeyFile } from "../../support/test-server.ts";

const folder = mkdtempSync(join(tmpdir(), "custodia-import-store-"));
const ledger = ledgerPath("small-ledger.csv");
let world: ImportWorld;

beforeEach(async () => {
  world = await importWorld({ masterKeyFile: testMasterKeyFile() });
});
afterEach(() => world.close());
afterAll(() => rmSync(folder, { recursive: true }));

/** Customers of the world's organisation with the transaction that wrote each row last. */
async function stored(): Promise<Record<string, unknown>[]> {
  const { rows } = await world.pool.query(
    `SELECT c.customer_no, c.full_name, c.phone, c.version, c.age_band, c.xmin::text,
            (SELECT array_agg(e.kind || ':' || array_length(e.changed_fields, 1) ORDER BY e.id)
               FROM customer_event e WHERE e.customer_id = c.id) AS events
       FROM customer c WHERE c.controller_id = $1 ORDER BY c.customer_no`,
    [world.organisationId],
  );
  return rows;
}

/** The small ledger with a text replaced. */
function alteredLedger(from: string, to: string): string {
  const path = join(folder, "altered.csv");
  writeFileSync(path, readFileSync(ledger, "utf8").replace(from, to));
  return path;
}

test("what is accepted is stored, once per customer number", async () => {
  expect((await world.read(ledger)).counts).toEqual({ ACCEPTED: 5, UNCHANGED: 1, REJECTED: 12 });
  expect(await stored()).toMatchObject([
    { customer_no: "K001", phone: "+8613800138000", version: 1, age_band: "ADULT" },
    { customer_no: "K002", full_name: "欧阳𠮷" },
    { customer_no: "K003", age_band: "NOT_A_PERSON" },
    { customer_no: "K004", age_band: "CHILD" },
    { customer_no: "K018" },
  ]);
});

test("the same file again writes no row of any table", async () => {
  await world.read(ledger);
  const before = await stored();
  const progress = "SELECT xmin::text, finished FROM import_progress";
  const { rows: checkpoints } = await world.pool.query(progress);
  expect((await world.read(ledger)).counts).toEqual({ ACCEPTED: 0, UNCHANGED: 6, REJECTED: 12 });
  expect(await stored()).toEqual(before);
  expect(
    (
      await world.pool.query(
        "SELECT count(*)::int AS rows FROM customer_event WHERE source = 'test'",
      )
    ).rows,
  ).toEqual([{ rows: 5 }]);
  expect(checkpoints).toMatchObject([{ finished: true }]);
  expect((await world.pool.query(progress)).rows).toEqual(checkpoints);
});

test("another value replaces the record and names the field, and nothing else is written", async () => {
  await world.read(ledger);
  const before = await stored();
  const { counts } = await world.read(alteredLedger("+86 139-0013-9000", "13900139001"));
  expect(counts).toEqual({ ACCEPTED: 1, UNCHANGED: 5, REJECTED: 12 });
  const after = await stored();
  expect(after[1]).toMatchObject({
    phone: "+8613900139001",
    version: 2,
    events: [expect.any(String), "UPDATED:1"],
  });
  expect(after.toSpliced(1, 1)).toEqual(before.toSpliced(1, 1));
});

test.each([
  ["sealed", "state = 'SEALED'"],
  [
    "handed over",
    "controller_id = gen_random_uuid(), former_controller_ids = ARRAY[controller_id]",
  ],
])("a customer who was %s is neither written nor made anew", async (_, change) => {
  await world.read(ledger);
  await world.pool.query(`UPDATE customer SET ${change} WHERE customer_no = 'K002'`);
  const before = await world.pool.query("SELECT id, xmin::text FROM customer ORDER BY id");
  const { counts } = await world.read(alteredLedger("+86 139-0013-9000", "13900139001"));
  expect(counts).toEqual({ ACCEPTED: 0, UNCHANGED: 5, REJECTED: 13 });
  expect((await world.pool.query("SELECT id, xmin::text FROM customer ORDER BY id")).rows).toEqual(
    before.rows,
  );
});

test("of two that create one customer at once, the second is told to compare anew", async () => {
  const key = { digest: "d", organisationId: world.organisationId };
  const verdict = validateRecord({
    fields: { customerNo: "K900", kind: "INDIVIDUAL", fullName: "林一帆" },
    now: new Date("2025-06-01"),
    agesIn: AGES,
  });
  const records = verdict.ok
    ? [{ record: verdict.record, canonical: canonicalRecord(verdict.record) }]
    : [];
  const [first, second] = await Promise.all([
    world.store.prepare(key, records),
    world.store.prepare(key, records),
  ]);
  await first.commit(null);
  await expect(second.commit(null)).rejects.toThrow(ImportConflict);
  expect((await world.store.prepare(key, records)).results).toEqual(["UNCHANGED"]);
});
