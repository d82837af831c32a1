import { canaryId, dig } from "../support/canaries.ts";
import { DEMO_CUSTOMER_IDS } from "../../src/identity/demo-callers.ts";
import { CANARY, expectNothingTold } from "../support/nothing-told.ts";
import { POPULATION, settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const AGENT = "cs-agent";
const CARE = { purpose: "CUSTOMER_CARE" };
const STEWARD = { purpose: "DATA_QUALITY" };

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await settlePopulation(server);
});
afterAll(() => server.close());

/** An answer but for what differs from request to request. */
function shapeOf({ status, body }: Awaited<ReturnType<TestServer["ask"]>>): unknown {
  return JSON.parse(
    JSON.stringify({ status, body }).replace(/"(requestId|decisionId)":"[^"]*"/g, '"$1":""'),
  );
}

const ABSENT = canaryId(999);
const HIDDEN: readonly (readonly [string, string])[] = [
  ["of another organisation", canaryId(15)],
  ["of an organisation that has nothing to do with it", canaryId(17)],
  ["sealed", canaryId(8)],
  ["malformed", "not-an-id"],
  ["empty", ""],
  ["in capitals", DEMO_CUSTOMER_IDS.transferor.toUpperCase()],
  ["with a NUL", `${canaryId(1)}\u0000`],
  ["an injection", "' or 1=1 --"],
  ["very long", "0".repeat(50_000)],
];

const WAYS: readonly (readonly [string, string, { purpose: string }, string])[] = [
  ["customer", "query ($id: ID!) { customer(id: $id) { id phone } }", CARE, AGENT],
  ["node", "query ($id: ID!) { node(id: $id) { id } }", CARE, AGENT],
  ["nodes", "query ($id: ID!) { nodes(ids: [$id]) { id } }", CARE, AGENT],
  ["transfer", "query ($id: ID!) { transfer(id: $id) { id } }", CARE, AGENT],
  [
    "updateCustomer",
    `mutation ($id: ID!) { updateCustomer(input: { id: $id, expectedVersion: 1, email: "a@example.com" }) { customer { id } } }`,
    STEWARD,
    "data-steward",
  ],
  [
    "evaluateAccess of a row",
    `query ($id: ID!) { evaluateAccess(input: { subject: { roles: ["CS_AGENT"], organisation: "transferor" }, purpose: "MARKETING", resource: { type: "Customer", id: $id } }) { visible } }`,
    { purpose: "COMPLIANCE_AUDIT" },
    "internal-auditor",
  ],
  [
    "evaluateAccess of a caller",
    `query ($id: ID!) { evaluateAccess(input: { caller: $id, purpose: "MARKETING", resource: { type: "Customer", attributes: {} } }) { visible } }`,
    { purpose: "COMPLIANCE_AUDIT" },
    "internal-auditor",
  ],
];

describe.each(WAYS)("%s", (_way, query, { purpose }, caller) => {
  test.each(HIDDEN)(
    "an id that is %s is answered as one that does not exist",
    async (_name, id) => {
      const absent = await server.ask(caller, query, { purpose, variables: { id: ABSENT } });
      const hidden = await server.ask(caller, query, { purpose, variables: { id } });
      expect(shapeOf(hidden)).toEqual(shapeOf(absent));
      expect(absent.body.errors?.map(({ extensions }) => extensions["code"])).toEqual([
        "NOT_FOUND",
      ]);
    },
  );
});

test("a hidden row takes as long as a missing one", async () => {
  const times: Record<string, number[]> = { absent: [], hidden: [] };
  for (let round = 0; round < 120; round++) {
    for (const [name, id] of [
      ["absent", ABSENT],
      ["hidden", canaryId(17)],
    ] as const) {
      const began = performance.now();
      await server.ask(AGENT, "query ($id: ID!) { customer(id: $id) { id phone } }", {
        ...CARE,
        variables: { id },
      });
      times[name]?.push(performance.now() - began);
    }
  }
  const medians = Object.values(times).map((all) => all.sort((a, b) => a - b)[60] ?? 0);
  const [absent = 0, hidden = 0] = medians;
  expect(Math.abs(absent - hidden)).toBeLessThan(Math.max(2, 0.5 * Math.min(absent, hidden)));
});

describe("a value that does not fit", () => {
  const filter = "query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount } }";
  const update =
    "mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }";
  const input = { id: canaryId(1), expectedVersion: 1 };

  test.each<[string, string, unknown]>([
    ["an object for a text", filter, { filter: { phone: { eq: { $gt: CANARY } } } }],
    ["a list for a text", filter, { filter: { fullName: { contains: [CANARY] } } }],
    ["a text for a test", filter, { filter: { phone: CANARY } }],
    ["no enum value", filter, { filter: { state: { eq: CANARY } } }],
    ["no day", filter, { filter: { recordedOn: { lt: CANARY } } }],
    ["a day that does not exist", filter, { filter: { recordedOn: { lt: "0000-00-00" } } }],
    ["a day before all days", filter, { filter: { recordedOn: { lt: "0000-01-01" } } }],
    ["an operator of another field", filter, { filter: { idNumber: { contains: CANARY } } }],
    ["no field", filter, { filter: { [CANARY]: { eq: "1" } } }],
    ["null for a test", filter, { filter: { fullName: null } }],
    ["null for a value", filter, { filter: { fullName: { eq: null } } }],
    ["nothing at all", filter, { filter: {} }],
    ["too long a text", filter, { filter: { fullName: { eq: CANARY.repeat(100) } } }],
    [
      "too many texts",
      filter,
      { filter: { fullName: { in: Array.from({ length: 201 }, () => CANARY) } } },
    ],
    ["a number for a name", update, { input: { ...input, fullName: 7 } }],
    ["an object for a name", update, { input: { ...input, fullName: { set: CANARY } } }],
    ["a NUL in a name", update, { input: { ...input, fullName: `${CANARY}\u0000` } }],
    [
      "half a character in a name",
      update,
      { input: { ...input, contactPersons: `${CANARY}\ud800` } },
    ],
    ["no telephone number", update, { input: { ...input, phone: CANARY } }],
    [
      "a NUL in the name of a change",
      update,
      { input: { ...input, email: "a@example.com", clientMutationId: `${CANARY}\u0000` } },
    ],
    [
      "an endless name of a change",
      update,
      { input: { ...input, email: "a@example.com", clientMutationId: CANARY.repeat(1_000) } },
    ],
    ["an endless name", update, { input: { ...input, fullName: CANARY.repeat(1_000) } }],
    [
      "a version beyond all numbers",
      update,
      { input: { ...input, expectedVersion: 2 ** 40, email: "a@example.com" } },
    ],
  ])(
    "%s is refused without repeating it, and is nobody's fault but the caller's",
    async (_name, query, variables) => {
      const before = server.logged().length;
      const { body } = await server.ask("data-steward", query, {
        ...STEWARD,
        variables: variables as Record<string, unknown>,
      });
      const codes = body.errors?.map(({ extensions }) => extensions["code"] as string) ?? [];
      expect(codes).toHaveLength(1);
      expect(["BAD_USER_INPUT", "VALIDATION_FAILED", "QUERY_TOO_COMPLEX"]).toContain(codes[0]);
      expect(JSON.stringify(body) + server.logged().slice(before)).not.toContain(CANARY);
    },
  );

  test("a text that no row can hold matches nothing", async () => {
    for (const eq of ["\u0000", "\ud800", "%", "_", "\\"]) {
      const { body } = await server.ask("data-steward", filter, {
        ...STEWARD,
        variables: { filter: { fullName: { contains: eq } } },
      });
      expect(body.data).toEqual({ customers: { totalCount: 0 } });
    }
  });
});

test("the log of all this holds no value, no token, no document and no SQL", async () => {
  await fetch(
    `${server.url}/graphql?query=${encodeURIComponent(`{ customer(id: "${CANARY}") { fullName } }`)}`,
    {
      headers: { authorization: `Bearer ${await server.tokenOf(AGENT)}`, "x-purpose": CANARY },
    },
  );
  await server.ask(
    AGENT,
    `query Named { customer(id: "${canaryId(1)}") { fullName phone } }`,
    CARE,
  );
  const log = server.logged();
  expect(log.split("\n").length).toBeGreaterThan(300);
  const values = POPULATION.flatMap(({ record }) => Object.values(record)).filter(
    (value) => value !== null && value.length > 4,
  );
  for (const value of [...values, CANARY, "fullName", "customers(", "Bearer", "eyJ"])
    expect(log).not.toContain(value);
  expect(log).toContain("Named");
  expectNothingTold(log);
});

test("a misspelt or protected name gets no suggestion", async () => {
  for (const name of ["fullNam", "idNumbr", "healthStatu", "bankAcount"]) {
    const { body } = await server.ask("partner-system", `{ customers { nodes { ${name} } } }`);
    const text = JSON.stringify(body);
    expect(text).not.toMatch(/did you mean/i);
    expect(text).not.toMatch(/fullName|idNumber|healthStatus|bankAccount/);
  }
});

test("an error tells nothing of the rows beside it", async () => {
  const { body } = await server.ask(
    AGENT,
    `{ nodes(ids: ["${canaryId(1)}", "${ABSENT}", "${canaryId(17)}"]) { id } }`,
    CARE,
  );
  expect(dig(body.data, "nodes")).toEqual([{ id: canaryId(1) }, null, null]);
  expect(body.errors?.map(({ message }) => message)).toEqual(
    Array(2).fill(body.errors?.[0]?.message),
  );
});
