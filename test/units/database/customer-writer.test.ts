import { AGES } from "../../support/ages.ts";
import "reflect-metadata";
import type { Pool } from "pg";
import { changedCustomer } from "../../../src/customers/changed-customer.ts";
import type { CustomerRecord } from "../../../src/customers/customer-record.ts";
import { digestOf, newCustomer } from "../../../src/customers/customer-row.ts";
import { canonicalRecord } from "../../../src/customers/import/record-digest.ts";
import { Jurisdiction } from "../../../src/customers/customer.enums.ts";
import {
  findDigests,
  loadStoredCustomers,
  updateCustomers,
  writeCustomers,
} from "../../../src/database/customer-writer.ts";
import { openOrganisationKeys } from "../../../src/database/organisation-key-store.ts";
import { createPool } from "../../../src/database/pool.ts";
import { inTransaction, withClient } from "../../../src/database/transaction.ts";
import { DEMO_ORGANISATIONS } from "../../../src/identity/demo-organisations.ts";
import { fileMasterKey } from "../../../src/sealing/file-master-key.ts";
import type { OrganisationKeys } from "../../../src/sealing/organisation-keys.ts";
import { FULL_RECORD } from "../../support/customer-world.ts";
import { type FreshDatabase, freshDatabase } from "../../support/fresh-database.ts";
import { testMasterKeyFile } from "../../support/test-server.ts";

const organisationId = DEMO_ORGANISATIONS.transferor.id;
const terms = {
  jurisdiction: Jurisdiction.CN,
  now: new Date("2026-11-23T12:00:00Z"),
  source: "test",
  agesIn: AGES,
};

let database: FreshDatabase;
let pool: Pool;
let organisationKeys: OrganisationKeys;
beforeAll(async () => {
  database = await freshDatabase();
  pool = createPool({ url: database.url, max: 2 });
  const masterKey = fileMasterKey({ path: testMasterKeyFile(), create: false });
  organisationKeys = await openOrganisationKeys({ database: pool, masterKeys: [masterKey] });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Writes a customer of that number and gives its id. */
async function written(customerNo: string): Promise<string> {
  const record = { ...FULL_RECORD, customerNo };
  const row = newCustomer({
    ...terms,
    record,
    controller: organisationKeys.newest(organisationId),
  });
  await inTransaction(pool, (client) => writeCustomers(client, [row]));
  return row.id;
}

async function change(id: string, record: CustomerRecord): Promise<Record<string, unknown>> {
  await inTransaction(pool, async (client) => {
    const stored = await loadStoredCustomers(client, [id]);
    await updateCustomers(
      client,
      stored.map((one) => changedCustomer({ ...terms, record, stored: one, organisationKeys })),
    );
  });
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT c.version, c.marketing_consent, c.marketing_allowed, 'MARKETING' = ANY (c.basis_purposes) AS basis,
            c.full_name, c.health_status_coarse, e.changed_fields
       FROM customer c JOIN customer_event e ON e.customer_id = c.id AND e.kind = 'UPDATED' WHERE c.id = $1`,
    [id],
  );
  return rows[0] ?? {};
}

test("a change names the fields that differ, the sealed ones too, and counts the version up", async () => {
  const id = await written("W-1");
  const record = { ...FULL_RECORD, customerNo: "W-1", fullName: '李"娜\\', healthStatus: "糖尿病" };
  expect(await change(id, record)).toMatchObject({
    version: 2,
    full_name: '李"娜\\',
    health_status_coarse: "METABOLIC",
    changed_fields: ["fullName", "healthStatus"],
  });
});

test("a record that comes again takes back neither a withdrawal nor an objection", async () => {
  const id = await written("W-2");
  await pool.query(
    `UPDATE customer SET marketing_consent = 'WITHDRAWN', marketing_allowed = false,
            basis_purposes = array_remove(basis_purposes, 'MARKETING') WHERE id = $1`,
    [id],
  );
  const record = { ...FULL_RECORD, customerNo: "W-2", orderCount: "38" };
  expect(await change(id, record)).toMatchObject({
    marketing_consent: "WITHDRAWN",
    marketing_allowed: false,
    basis: false,
  });
});

test("a number is found with the digest of its record", async () => {
  const id = await written("W-3");
  const customerNos = ["W-3", "W-none"];
  const found = await withClient(pool, (client) =>
    findDigests(client, { organisationId, customerNos }),
  );
  const record = { ...FULL_RECORD, customerNo: "W-3" };
  const recordDigest = digestOf(canonicalRecord(record), organisationKeys.newest(organisationId));
  expect([...found]).toEqual([["W-3", { id, recordDigest, isWritable: true }]]);
});

test.each([
  ["sealed", "UPDATE customer SET state = 'SEALED' WHERE id = $1"],
  [
    "handed over",
    `UPDATE customer SET former_controller_ids = ARRAY[controller_id],
            controller_id = (SELECT id FROM organisation WHERE code = 'transferee') WHERE id = $1`,
  ],
])("a customer that was %s is known and not writable", async (what, sql) => {
  await pool.query(sql, [await written(`W-${what}`)]);
  const customerNos = [`W-${what}`];
  const found = await withClient(pool, (client) =>
    findDigests(client, { organisationId, customerNos }),
  );
  expect(found.get(`W-${what}`)?.isWritable).toBe(false);
});
