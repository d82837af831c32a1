import { readFileSync } from "node:fs";
import { join } from "node:path";
import { destroy, sealed, TRANSFEROR, ZHANG } from "../../support/decision-world.ts";
import {
  type AskAsCaller,
  startTestServer,
  type TestServer,
} from "../../support/start-test-server.ts";

interface Replayed {
  readonly replay: {
    readonly isApproved: boolean;
    readonly records: number;
    readonly decisions: number;
    readonly same: number;
    readonly wider: number;
    readonly narrower: number;
    readonly undecidable: number;
    readonly byField: readonly { readonly name: string; readonly narrower: number }[];
    readonly byRole: readonly { readonly name: string; readonly narrower: number }[];
    readonly differences: readonly { readonly field: string; readonly decisionId: string }[];
    readonly totalDifferences: number;
    readonly hasNextPage: boolean;
    readonly endCursor: string | null;
  };
}

let server: TestServer;
let auditor: AskAsCaller;

beforeAll(async () => {
  server = await startTestServer();
  auditor = server.asCaller("internal-auditor");
  const agent = server.asCaller("cs-agent", "SERVICE_DELIVERY");
  await agent("{ customers(first: 10) { nodes { fullName phone idNumber } } }");
  await agent('{ customers(filter: { customerNo: { eq: "x" } }) { totalCount } }');
  await sealed(server, 3);
});
afterAll(() => server.close());

async function replay(input: object): Promise<Replayed["replay"]> {
  const { body } = await auditor<Replayed>(
    `query ($i: ReplayInput!) { replay(input: $i) { isApproved records decisions same wider narrower undecidable
       byField { name narrower } byRole { name narrower } differences { decisionId row field direction from to reasonsBefore reasonsAfter isCertain }
       totalDifferences hasNextPage endCursor } }`,
    // What the test itself asks goes on record as well.
    { i: { filter: { caller: "cs-agent" }, ...input } },
  );
  expect(body.errors).toBeUndefined();
  return (body.data as Replayed).replay;
}

/** Without the contact data that assigned agents read. */
const DRAFT = [
  {
    name: "roles/cs-agent.yaml",
    text: readFileSync(
      join(import.meta.dirname, "../../../policies/roles/cs-agent.yaml"),
      "utf8",
    ).replace("CLEAR: [NAME, CONTACT", "CLEAR: [NAME"),
  },
];

async function version(): Promise<string> {
  const { body } = await auditor<{ viewer: { policyVersion: string } }>(
    "{ viewer { policyVersion } }",
  );
  return body.data?.viewer.policyVersion ?? "";
}

test("the policy that decided decides the same", async () => {
  const told = await replay({ to: await version() });
  expect(told).toMatchObject({
    isApproved: true,
    wider: 0,
    narrower: 0,
    undecidable: 0,
    differences: [],
  });
  expect(told.same).toBe(told.decisions);
  expect(told.decisions).toBeGreaterThan(20);
});

test("a draft is a bound: what may come out otherwise, on customers that the asker sees", async () => {
  const told = await replay({ draft: DRAFT, filter: { action: "READ" } });
  expect(told).toMatchObject({ isApproved: false, wider: 0 });
  expect(told.narrower).toBeGreaterThan(0);
  expect(told.byField).toEqual([{ name: "phone", narrower: told.narrower }]);
  expect(told.byRole).toEqual([{ name: "CS_AGENT", narrower: told.narrower }]);
  expect(told.differences).toHaveLength(told.narrower);
});

test("calls go on where the one before ended, and add up", async () => {
  const to = await version();
  const whole = await replay({ to });
  let [after, decisions, records] = [null as string | null, 0, 0];
  for (let more = true; more;) {
    const told: Replayed["replay"] = await replay({ to, records: 2, after });
    [after, decisions, records, more] = [
      told.endCursor,
      decisions + told.decisions,
      records + told.records,
      told.hasNextPage,
    ];
  }
  expect({ decisions, records }).toEqual({ decisions: whole.decisions, records: whole.records });
});

test.each([
  [{ records: 501 }, "QUERY_TOO_COMPLEX"],
  [{ records: 0 }, "BAD_USER_INPUT"],
  [{ after: "no cursor" }, "VALIDATION_FAILED"],
])("%j is refused with %s", async (changes, code) => {
  const { body } = await auditor("query ($i: ReplayInput!) { replay(input: $i) { records } }", {
    i: { to: await version(), ...changes },
  });
  expect(body.errors?.[0]?.extensions["code"]).toBe(code);
});

test("denials are counted by rule, field, role, purpose and reason, over time", async () => {
  const { body } = await auditor<{ denials: { records: number; lines: object[] } }>(
    `{ denials(from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z", bucket: MONTH, top: 1) { records isCapped lines { by word denials periods { from denials } } } }`,
  );
  const { lines } = body.data?.denials ?? { lines: [] };
  expect(lines).toHaveLength(5);
  expect(lines).toContainEqual(
    expect.objectContaining({
      by: "ROLE",
      word: "CS_AGENT",
      periods: [expect.objectContaining({ from: "2026-11-01" })],
    }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ by: "FIELD", word: "Customer.idNumber" }));
});

test.each([
  [`from: "2026-11-02T00:00:00Z", to: "2026-11-01T00:00:00Z"`, "BAD_USER_INPUT"],
  [`from: "2020-11-02T00:00:00Z", to: "2026-11-01T00:00:00Z"`, "QUERY_TOO_COMPLEX"],
  [`from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z", top: 51`, "BAD_USER_INPUT"],
  [`from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:00:00Z", by: []`, "BAD_USER_INPUT"],
])("denials(%s) are refused with %s", async (args, code) => {
  const { body } = await auditor(`{ denials(${args}) { records } }`);
  expect(body.errors?.[0]?.extensions["code"]).toBe(code);
});

test("who saw data of a customer is told after the customer was destroyed, and no replay is", async () => {
  const ask = `{ disclosuresOf(customerId: "${ZHANG}") { totalCount nodes { clearFields organisation { id } caller { name } customers { customer { id } } } } }`;
  const before = await auditor<{ disclosuresOf: { totalCount: number } }>(ask);
  await destroy(server.app.services.database.pool, ZHANG);
  const { body } = await auditor<{ disclosuresOf: { totalCount: number; nodes: object[] } }>(ask);
  expect(body.data?.disclosuresOf.totalCount).toBe(before.body.data?.disclosuresOf.totalCount);
  expect(body.data?.disclosuresOf.nodes[0]).toMatchObject({
    clearFields: expect.arrayContaining(["Customer.phone"]),
    organisation: { id: TRANSFEROR },
    caller: { name: "cs-agent" },
  });
  expect(JSON.stringify(body)).not.toContain(ZHANG);
  const told = await replay({ to: await version(), filter: { customerId: ZHANG } });
  expect(told.undecidable).toBeGreaterThan(0);
});
