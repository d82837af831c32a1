import type { Pool } from "pg";
import { createPolicyVersions } from "../../../src/database/policy-versions.ts";
import { installPolicyVersion } from "../../../src/database/policy-version-writer.ts";
import { createPool } from "../../../src/database/pool.ts";
import { digestOf, type PolicyFile } from "../../../src/policy/document.ts";
import { type FreshDatabase, freshDatabase } from "../../support/fresh-database.ts";

let database: FreshDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await freshDatabase();
  pool = createPool({ url: database.url, max: 4 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const versionOf = (text: string): { digest: string; documents: PolicyFile[]; note: null } => {
  const documents = [
    { name: "rows.yaml", text },
    { name: "a.yaml", text: "a: 张\r\n" },
  ];
  return { digest: digestOf(documents), documents, note: null };
};
const made = {
  by: null,
  via: "START",
  at: new Date("2026-11-23T12:00:00Z"),
  mutation: null,
} as const;
const install = (text: string, onlyIfEmpty = false): Promise<void> =>
  installPolicyVersion(pool, { added: versionOf(text), made, onlyIfEmpty });

test("an installed version is active, and its documents have the digest that they were stored under", async () => {
  await install("rows: 1");
  const versions = createPolicyVersions(pool);
  const active = await versions.active();
  expect(active).toMatchObject({
    digest: versionOf("rows: 1").digest,
    state: "ACTIVE",
    version: 2,
  });
  expect(digestOf(active?.documents ?? [])).toBe(active?.digest);
  expect(await versions.find(active?.digest ?? "")).toEqual(active);
  expect(await versions.find("nothing")).toBeNull();
});

test("installed again nothing happens; another one retires it; back again it is one more activation", async () => {
  const first = versionOf("rows: 1").digest;
  await install("rows: 1");
  await install("rows: 2");
  await install("rows: 3", true);
  await install("rows: 1");
  const versions = createPolicyVersions(pool);
  expect((await versions.active())?.digest).toBe(first);
  expect(await versions.count()).toBe(2);
  const steps = await versions.stepsOf([first]);
  expect(steps.map(({ step }) => step)).toEqual(["INSTALLED", "ACTIVATED", "RETIRED", "ACTIVATED"]);
  expect(steps.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
});

test("two nodes that start at once leave one version active", async () => {
  await Promise.all(["rows: 4", "rows: 5", "rows: 4"].map((text) => install(text)));
  const { rows } = await pool.query("select digest from policy_version where state = 'ACTIVE'");
  expect(rows).toHaveLength(1);
});

test.each([
  ["documents change", "update policy_version set documents = '{}'"],
  [
    "an author changes",
    "update policy_version set created_by = (select id from principal limit 1)",
  ],
  ["a version goes", "delete from policy_version"],
  ["a step changes", "update policy_version_step set note = 'no'"],
  ["a step goes", "delete from policy_version_step"],
  ["two are active", "update policy_version set state = 'ACTIVE'"],
])("the database does not let it happen that %s", async (_name, sql) => {
  await expect(pool.query(sql)).rejects.toMatchObject({ severity: "ERROR" });
});
