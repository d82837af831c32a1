import { type DecisionRecord, NO_ROWS } from "../../../src/audit/decision-record.ts";
import { decisionRecord, seedDecisions } from "../../support/decision-seed.ts";
import { MADE_UP_FROM, TRANSFEROR } from "../../support/decision-world.ts";
import {
  type Answered,
  type AskAsCaller,
  startTestServer,
  type TestServer,
} from "../../support/start-test-server.ts";

const AGENT = "0192a000-0000-7000-8000-000000000200";
const CUSTOMER = "0192a000-0000-7000-8000-00000000beef";
/** What the test itself asks goes on record later than what it made up. */
const SEALED_FROM = "2026-11-01T00:00:00Z";
const TRANSFER = "0192a000-0000-7000-8000-00000000aaaa";

let server: TestServer;
let auditor: AskAsCaller;
let reference: string;

beforeAll(async () => {
  server = await startTestServer();
  auditor = server.asCaller("internal-auditor");
  const { customerReferences, database } = server.app.services;
  reference = customerReferences.referenceOf(CUSTOMER) ?? "";
  await seedDecisions(
    database.pool,
    Array.from({ length: 40 }, (_, place) => recordAt(place)),
    { from: MADE_UP_FROM },
  );
});
afterAll(() => server.close());

/** Every second is of another day, every fifth is out of the ordinary. */
function recordAt(place: number): DecisionRecord {
  const isRare = place % 5 === 0;
  const day = String(1 + (place % 20)).padStart(2, "0");
  return decisionRecord({
    id: `0192b000-0000-7000-8000-${String(place).padStart(12, "0")}`,
    at: `2026-10-${day}T10:00:00.000Z`,
    operation: { name: isRare ? "Rare" : "Customers", digest: null },
    action: isRare ? "FILTER" : "READ",
    caller: {
      id: isRare ? AGENT : null,
      organisationId: TRANSFEROR,
      roles: isRare ? ["COMPLIANCE_OFFICER"] : ["CS_AGENT"],
      caseCodes: isRare ? ["CASE-1"] : [],
      tokenId: null,
      state: "gone",
    },
    purpose: isRare ? "RIGHTS_REQUEST" : "SERVICE_DELIVERY",
    policyVersion: isRare ? "older" : "newer",
    concerned: [TRANSFEROR],
    transfers: isRare ? [TRANSFER] : [],
    verdicts: [
      {
        fields: ["phone"],
        disclosure: isRare ? "CLEAR" : "PARTIAL",
        reason: isRare ? null : "NO_CASE",
        rule: isRare ? "rare/rule" : "cs-agent/no-case",
        stage: null,
        under: [],
      },
      {
        fields: ["idNumber"],
        disclosure: "NONE",
        reason: "NO_GRANT",
        rule: "default-deny",
        stage: null,
        under: [],
      },
    ],
    rows: { ...NO_ROWS, count: 1, customers: isRare ? [reference] : [] },
    refusal: isRare ? "FIELD_FILTER_FORBIDDEN" : null,
  });
}

interface Listed {
  readonly decisions: {
    readonly totalCount: number;
    readonly isCapped: boolean;
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    readonly nodes: readonly { readonly treeIndex: number; readonly at: string }[];
  };
}

async function found(filter: object): Promise<number[]> {
  const { body } = await auditor<Listed>(
    "query ($f: DecisionFilter) { decisions(first: 100, filter: $f) { nodes { treeIndex } } }",
    { f: { to: SEALED_FROM, ...filter } },
  );
  expect(body.errors).toBeUndefined();
  return body.data?.decisions.nodes.map(({ treeIndex }) => treeIndex - MADE_UP_FROM) ?? [];
}

const RARE = [35, 30, 25, 20, 15, 10, 5, 0];

test.each([
  ["customer", { customerId: CUSTOMER }],
  ["caller by id", { caller: AGENT }],
  ["caller by name", { caller: "cs-agent" }],
  ["role", { role: "COMPLIANCE_OFFICER" }],
  ["field with disclosure", { field: "Customer.phone", disclosure: "CLEAR" }],
  ["disclosure", { disclosure: "CLEAR" }],
  ["rule", { rule: "rare/rule" }],
  ["purpose", { purpose: "RIGHTS_REQUEST" }],
  ["policy version", { policyVersion: "older" }],
  ["action", { action: "FILTER" }],
  ["refusal", { refusal: "FIELD_FILTER_FORBIDDEN" }],
  ["operation", { operation: "Rare" }],
  ["case", { caseCode: "CASE-1" }],
  ["transfer", { transferId: TRANSFER }],
  ["several things at once", { rule: "rare/rule", caller: "cs-agent", organisationId: TRANSFEROR }],
])("records are found by %s, newest first", async (_, filter) => {
  expect(await found(filter)).toEqual(RARE);
});

test.each([
  ["organisation", { organisationId: TRANSFEROR }, 40],
  ["concerned organisation", { concernedId: TRANSFEROR }, 40],
  ["field", { field: "Customer.idNumber" }, 40],
  ["reason", { reason: "NO_CASE" }, 32],
  ["request", { request: "request-0007" }, 1],
  ["field with another disclosure", { field: "Customer.idNumber", disclosure: "CLEAR" }, 0],
  ["customer whom no record names", { customerId: "0192a000-0000-7000-8000-00000000dead" }, 0],
  ["customer that is no id", { customerId: "nobody" }, 0],
  ["caller whom nobody knows", { caller: "nobody" }, 0],
] as const)("records are found by %s: %j", async (_, filter, count) => {
  expect(await found(filter)).toHaveLength(count);
});

test("a time finds the records of the days between, whatever their place", async () => {
  const filter = { from: "2026-10-03T00:00:00Z", to: "2026-10-05T00:00:00Z" };
  expect(await found(filter)).toEqual([23, 22, 3, 2]);
  expect(await found({ from: "2026-10-03T10:00:00Z", to: "2026-10-03T10:00:01Z" })).toEqual([
    22, 2,
  ]);
  expect(await found({ from: "2026-10-03T10:00:00.001Z", to: "2026-10-04T10:00:00Z" })).toEqual([]);
  expect(await found({ from: "2031-01-01T00:00:00Z" })).toEqual([]);
  expect(await found({ to: "2020-01-01T00:00:00Z" })).toEqual([]);
});

test.each(["NEWEST_FIRST", "OLDEST_FIRST"])("pages %s give every record once", async (order) => {
  const places: number[] = [];
  let after: string | null = null;
  for (;;) {
    const answer: Answered<Listed> = await auditor<Listed>(
      'query ($a: String, $o: DecisionOrder) { decisions(first: 7, after: $a, orderBy: $o, filter: { to: "2026-11-01T00:00:00Z" }) { pageInfo { endCursor hasNextPage } nodes { treeIndex } } }',
      { a: after, o: order },
    );
    const { nodes, pageInfo } = (answer.body.data as Listed).decisions;
    places.push(...nodes.map(({ treeIndex }) => treeIndex - MADE_UP_FROM));
    after = pageInfo.endCursor;
    if (!pageInfo.hasNextPage) break;
  }
  const upwards = Array.from({ length: 40 }, (_, place) => place);
  expect(places).toEqual(order === "OLDEST_FIRST" ? upwards : upwards.toReversed());
});

test("an empty filter, and one that holds null, ask nothing", async () => {
  const ask = "query ($f: DecisionFilter) { decisions(filter: $f) { totalCount } }";
  const empty = await auditor(ask, { f: {} });
  expect(empty.body.errors?.[0]?.extensions).toMatchObject({ code: "VALIDATION_FAILED" });
  const nothing = await auditor(ask, { f: { rule: null } });
  expect(nothing.body.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
});
