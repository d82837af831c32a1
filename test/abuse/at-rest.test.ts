import { AGES } from "../support/ages.ts";
import "reflect-metadata";
import type { Pool } from "pg";
import { readCatalog } from "../../src/classification/field.ts";
import { changedCustomer } from "../../src/customers/changed-customer.ts";
import { newCustomer } from "../../src/customers/customer-row.ts";
import type { CustomerRecord } from "../../src/customers/customer-record.ts";
import { Customer } from "../../src/customers/customer.entity.ts";
import { Jurisdiction } from "../../src/customers/customer.enums.ts";
import {
  loadStoredCustomers,
  updateCustomers,
  writeCustomers,
} from "../../src/database/customer-writer.ts";
import { openOrganisationKeys } from "../../src/database/organisation-key-store.ts";
import { createPool } from "../../src/database/pool.ts";
import { inTransaction } from "../../src/database/transaction.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import { fileMasterKey } from "../../src/sealing/file-master-key.ts";
import { recordWith } from "../support/customer-world.ts";
import { type FreshDatabase, freshDatabase } from "../support/fresh-database.ts";
import { testMasterKeyFile } from "../support/test-server.ts";

const sealed = [...(readCatalog([Customer.name]).get(Customer.name)?.fields.values() ?? [])].filter(
  (field) => field.isSealed,
);

/** A value that occurs nowhere else, of the field's own shape where its renderings want one. */
function canary(name: string, at: number): string {
  const number = String(7_310_000_000_000_000 + at * 1_111_111);
  if (name === "birthDate") return `1931-10-${10 + (at % 20)}`;
  if (name === "guardianPhone") return `+8613173${String(100_000 + at)}`;
  // Long enough that no random ciphertext holds it by chance.
  return /Number|Account|taxNo|Total|Count/.test(name) ? number : `金丝雀-canary-${name}-${at}`;
}

const canaries = new Map(sealed.map(({ name }, at) => [name, canary(name, at)]));
const changed = new Map(sealed.map(({ name }, at) => [name, canary(name, at + 100)]));

let database: FreshDatabase;
let pool: Pool;
let dump: string;

beforeAll(async () => {
  database = await freshDatabase();
  pool = createPool({ url: database.url, max: 2 });
  await writeThenChange();
  dump = await dumpOf(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

function recordOf(values: ReadonlyMap<string, string>): CustomerRecord {
  const fields = { customerNo: "HR-CANARY", fullName: "可见的名字", ...Object.fromEntries(values) };
  return recordWith(fields as Partial<CustomerRecord>);
}

/** A record, and the same customer with other values: both must have left nothing. */
async function writeThenChange(): Promise<void> {
  const masterKey = fileMasterKey({ path: testMasterKeyFile(), create: false });
  const organisationKeys = await openOrganisationKeys({ database: pool, masterKeys: [masterKey] });
  const controller = organisationKeys.newest(DEMO_ORGANISATIONS.transferor.id);
  const now = new Date("2026-11-23T12:00:00Z");
  const terms = { jurisdiction: Jurisdiction.CN, now, source: "canary", agesIn: AGES };
  const row = newCustomer({ ...terms, record: recordOf(canaries), controller });
  await inTransaction(pool, (client) => writeCustomers(client, [row]));
  await inTransaction(pool, async (client) => {
    const stored = await loadStoredCustomers(client, [row.id]);
    const record = recordOf(changed);
    await updateCustomers(
      client,
      stored.map((one) => changedCustomer({ ...terms, record, stored: one, organisationKeys })),
    );
  });
}

/** Every row of every table, with its bytes also as the texts that they might be. */
async function dumpOf(from: Pool): Promise<string> {
  const { rows: tables } = await from.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await from.query<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM ${name} t`,
    );
    for (const { row } of rows) {
      parts.push(row);
      for (const [, hex] of row.matchAll(/"\\\\x([0-9a-f]+)"/g)) parts.push(...readings(hex ?? ""));
    }
  }
  return parts.join("\n");
}

function readings(hex: string): string[] {
  const bytes = Buffer.from(hex, "hex");
  return [
    bytes.toString("utf8"),
    bytes.toString("utf16le"),
    bytes.toString("latin1"),
    bytes.toString("base64"),
  ];
}

test("the dump holds what lies in clear, so that it would show the rest", () => {
  expect(dump).toContain("可见的名字");
  expect(canaries.size).toBeGreaterThan(20);
});

test.each(sealed)("$classification $name is nowhere in the database", ({ name }) => {
  for (const value of [canaries.get(name), changed.get(name)]) {
    expect(value).toBeDefined();
    const text = value as string;
    expect(dump).not.toContain(text);
    expect(dump).not.toContain(Buffer.from(text).toString("hex"));
    expect(dump).not.toContain(
      Buffer.from(text).toString("base64").replace(/=+$/, "").slice(0, -1),
    );
  }
});
