import type { Pool } from "pg";
import { createPool } from "../../../src/database/pool.ts";
import { createPrincipalDirectory } from "../../../src/database/principal-directory.ts";
import { isWithin } from "../../../src/identity/working-hours.ts";
import { type FreshDatabase, freshDatabase } from "../../support/fresh-database.ts";

const ORGANISATION = "0197c000-0000-7000-8000-000000000001";
const PERSON = "0197c000-0000-7000-8000-000000000002";

let database: FreshDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = createPool({ url: database.url, max: 2 });
  await pool.query(
    "insert into organisation (id, code, name, financial, operator) values ($1, 'a-bank', 'A bank', true, true)",
    [ORGANISATION],
  );
});

beforeEach(async () => {
  await pool.query("delete from principal where id = $1", [PERSON]);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Stores a person with some columns, and looks them up. */
async function found(columns: Readonly<Record<string, unknown>> = {}) {
  const all = {
    id: PERSON,
    organisation_id: ORGANISATION,
    issuer: "an issuer",
    subject: "somebody",
    kind: "PERSON",
    name: "Somebody",
    ...columns,
  };
  const names = Object.keys(all);
  await pool.query(
    `insert into principal (${names.join(", ")}) values (${names.map((_, at) => `$${at + 1}`).join(", ")})`,
    Object.values(all),
  );
  const directory = createPrincipalDirectory(pool);
  return directory.find({ issuer: "an issuer", subject: "somebody" });
}

const HOURS = {
  hours_zone: "Asia/Shanghai",
  hours_days: ["MON", "FRI"],
  hours_from: "22:00",
  hours_to: "06:00",
};

test("a principal comes with clearance, hours and the trade of the employer", async () => {
  const record = await found({ clearance: "SENSITIVE", ...HOURS });
  expect(record).toMatchObject({
    clearance: "SENSITIVE",
    workingHours: { timeZone: "Asia/Shanghai", days: ["MON", "FRI"], from: "22:00", to: "06:00" },
    organisation: { code: "a-bank", financial: true, operator: true },
  });
  const hours = record?.workingHours;
  expect(hours && isWithin(hours, new Date("2026-11-20T15:00:00Z"))).toBe(true);
});

test("whoever has neither comes with neither", async () => {
  expect(await found()).toMatchObject({ clearance: null, workingHours: null });
});

test.each([
  ["an unknown clearance", { clearance: "SECRET" }],
  ["hours without a zone", { ...HOURS, hours_zone: null }],
  ["a zone without hours", { hours_zone: "UTC" }],
  ["a day that is none", { ...HOURS, hours_days: ["MON", "HOLIDAY"] }],
  ["a minute that is none", { ...HOURS, hours_from: "22:60" }],
  ["a shift that ends as it starts", { ...HOURS, hours_to: "22:00" }],
])("%s cannot be stored", async (_what, columns) => {
  await expect(found(columns)).rejects.toMatchObject({ code: "23514" });
});
