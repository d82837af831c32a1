import type { Pool } from "pg";
import type { DecisionRecord } from "../../../src/audit/decision-record.ts";
import { seedDecisions } from "../../support/decision-seed.ts";
import { destroy, MADE_UP_FROM, sealed, ZHANG } from "../../support/decision-world.ts";
import {
  type AskAsCaller,
  startTestServer,
  type TestServer,
} from "../../support/start-test-server.ts";

interface Explained {
  readonly explainDecision: {
    readonly circumstances: string | null;
    readonly hindrance: string | null;
    readonly agrees: boolean | null;
    readonly differences: readonly object[];
    readonly explanation: {
      readonly disclosure: string;
      readonly fieldRules: readonly object[];
    } | null;
  };
}

let server: TestServer;
let pool: Pool;
let auditor: AskAsCaller;
let record: DecisionRecord;

beforeAll(async () => {
  server = await startTestServer();
  pool = server.app.services.database.pool;
  auditor = server.asCaller("internal-auditor");
  const agent = server.asCaller("cs-agent", "SERVICE_DELIVERY");
  await agent(`{ customer(id: "${ZHANG}") { fullName phone idNumber } }`);
  await agent('{ customers(filter: { region: { eq: "x" } }) { totalCount } }');
  const records = await sealed(server);
  record = records.find(({ action }) => action === "READ") as DecisionRecord;
});
afterAll(() => server.close());

async function explained(
  id: string,
  args: { row?: number; field?: string } = {},
): Promise<Explained["explainDecision"]> {
  const { body } = await auditor<Explained>(
    "query ($id: ID!, $row: Int, $field: String) { explainDecision(id: $id, row: $row, field: $field) { circumstances hindrance agrees differences { field from to reasonBefore reasonAfter ruleBefore ruleAfter } explanation { disclosure fieldRules { id decided clauses { text holds } } } } }",
    { id, row: 0, ...args },
  );
  expect(body.errors).toBeUndefined();
  return (body.data as Explained).explainDecision;
}

let next = MADE_UP_FROM;
async function withRecord(changes: Partial<DecisionRecord>): Promise<string> {
  const id = `0192c000-0000-7000-8000-${String(next++).padStart(12, "0")}`;
  await seedDecisions(pool, [{ ...record, ...changes, id }], { from: next });
  return id;
}

test("a recorded reading comes out the same, on the row as it was", async () => {
  const told = await explained(record.id);
  expect(told).toMatchObject({
    circumstances: "VERIFIED",
    hindrance: null,
    agrees: true,
    differences: [],
  });
  expect(told.explanation?.fieldRules.length).toBeGreaterThan(0);
});

test("the field that is named is explained", async () => {
  expect((await explained(record.id, { field: "idNumber" })).explanation?.disclosure).toBe(
    "PARTIAL",
  );
  const { body } = await auditor(
    `{ explainDecision(id: "${record.id}", field: "bankAccount") { agrees } }`,
  );
  expect(body.errors?.[0]?.extensions["code"]).toBe("BAD_USER_INPUT");
});

test("a row that changed since is judged as it was", async () => {
  await pool.query(
    "UPDATE customer SET assigned_agent_ids = '{}', legal_hold = true WHERE id = $1",
    [ZHANG],
  );
  expect(await explained(record.id)).toMatchObject({ circumstances: "VERIFIED", agrees: true });
});

test("a record that says another rule or level does not agree, and it is said where", async () => {
  const [first, ...rest] = record.verdicts;
  const id = await withRecord({
    verdicts: [
      {
        ...(first as NonNullable<typeof first>),
        rule: "cs-agent/assigned-case",
        disclosure: "PARTIAL",
        reason: "NO_CASE",
      },
      ...rest,
    ],
  });
  expect(await explained(id)).toMatchObject({
    agrees: false,
    differences: [
      { field: "fullName", from: "PARTIAL", to: "CLEAR", ruleBefore: "cs-agent/assigned-case" },
    ],
  });
});

test("another law pack than was in force does not agree", async () => {
  expect(await explained(await withRecord({ lawPack: "another" }))).toMatchObject({
    agrees: false,
  });
});

test.each([
  ["a policy that is not kept", { policyVersion: "f".repeat(64) }, "POLICY_GONE"],
  ["a verb", { action: "VERB", verdicts: [] }, "NOT_ABOUT_FIELDS"],
  ["a request", { action: "REQUEST" }, "NOT_ABOUT_FIELDS"],
] as const)("%s can't be replayed: %j", async (_, changes, hindrance) => {
  expect(await explained(await withRecord(changes))).toMatchObject({
    hindrance,
    agrees: null,
    explanation: null,
  });
});

test("a caller whose state is not kept, or was changed, can't be replayed", async () => {
  const caller = { ...record.caller, state: "nowhere" };
  expect(await explained(await withRecord({ caller }))).toMatchObject({ hindrance: "CALLER_GONE" });
  await pool.query("INSERT INTO decision_caller (digest, body) VALUES ('forged', '{}')");
  const forged = { ...record.caller, state: "forged" };
  expect(await explained(await withRecord({ caller: forged }))).toMatchObject({
    hindrance: "CALLER_GONE",
  });
});

test("a row that the asker would not have seen is not explained", async () => {
  const { rows } = await pool.query<{ id: string; circumstances: string }>(
    "SELECT id, circumstances FROM customer WHERE controller_id <> $1 AND state = 'ACTIVE' LIMIT 1",
    [record.caller.organisationId],
  );
  const [other] = rows;
  const { customerReferences } = server.app.services;
  const id = await withRecord({
    rows: {
      ...record.rows,
      customers: [customerReferences.referenceOf(other?.id ?? "") ?? ""],
      circumstances: [other?.circumstances ?? ""],
    },
  });
  expect(await explained(id)).toMatchObject({
    hindrance: "NOT_TOLD",
    agrees: null,
    explanation: null,
  });
});

test("a state that somebody changed is a mismatch, and one that is gone is gone", async () => {
  await pool.query(
    "UPDATE customer_circumstances SET body = replace(body, '\"legalHold\": false', '\"legalHold\": true') WHERE customer_id = $1",
    [ZHANG],
  );
  expect(await explained(record.id)).toMatchObject({
    circumstances: "MISMATCH",
    hindrance: "ROW_MISMATCH",
  });
  await destroy(pool, ZHANG);
  expect(await explained(record.id)).toMatchObject({
    circumstances: "GONE",
    hindrance: "ROW_GONE",
    agrees: null,
  });
});
