import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { canaryId, dig } from "../support/canaries.ts";
import { DEMO_CUSTOMER_IDS } from "../../src/identity/demo-callers.ts";
import { POPULATION, settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const CANARY = "canary-7f3a9c";
const AGENT = "cs-agent";
const CARE = { purpose: "CUSTOMER_CARE" };
const STEWARD = { purpose: "DATA_QUALITY" };

let server: TestServer;
let admin: pg.Client;
beforeAll(async () => {
  server = await startTestServer({ settings: { STATEMENT_TIMEOUT_MS: "400", DATABASE_CONNECT_TIMEOUT_MS: "2000" } });
  await settlePopulation(server);
  admin = new pg.Client(server.database.url);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await server.close();
});

/** An answer but for what differs from request to request. */
function shapeOf({ status, body }: Awaited<ReturnType<TestServer["ask"]>>): unknown {
  return JSON.parse(JSON.stringify({ status, body }).replace(/"(requestId|decisionId)":"[^"]*"/g, '"$1":""'));
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
  test.each(HIDDEN)("an id that is %s is answered as one that does not exist", async (_name, id) => {
    const absent = await server.ask(caller, query, { purpose, variables: { id: ABSENT } });
    const hidden = await server.ask(caller, query, { purpose, variables: { id } });
    expect(shapeOf(hidden)).toEqual(shapeOf(absent));
    expect(absent.body.errors?.map(({ extensions }) => extensions["code"])).toEqual(["NOT_FOUND"]);
  });
});

test("a hidden row takes as long as a missing one", async () => {
  const times: Record<string, number[]> = { absent: [], hidden: [] };
  for (let round = 0; round < 120; round++) {
    for (const [name, id] of [["absent", ABSENT], ["hidden", canaryId(17)]] as const) {
      const began = performance.now();
      await server.ask(AGENT, "query ($id: ID!) { customer(id: $id) { id phone } }", { ...CARE, variables: { id } });
      times[name]?.push(performance.now() - began);
    }
  }
  const medians = Object.values(times).map((all) => all.sort((a, b) => a - b)[60] ?? 0);
  const [absent = 0, hidden = 0] = medians;
  expect(Math.abs(absent - hidden)).toBeLessThan(Math.max(2, 0.5 * Math.min(absent, hidden)));
});

/** No value, no SQL and nothing of the database is told, in the answer or in the log. */
function expectNothingTold(told: string): void {
  expect(told).not.toContain(CANARY);
  expect(told).not.toMatch(/select |insert |update .*set|relation "|column |syntax|constraint|pg_|postgres|ECONN|canary/i);
}

async function expectFault(ask: () => Promise<Awaited<ReturnType<TestServer["ask"]>>>, code: string): Promise<void> {
  const before = server.logged().length;
  const { body } = await ask();
  expect([...new Set(body.errors?.map(({ extensions }) => extensions["code"]))]).toEqual([code]);
  for (const error of body.errors ?? []) expect(Object.keys(error.extensions).sort()).toEqual(["code", "requestId"]);
  expectNothingTold(JSON.stringify(body));
  expectNothingTold(server.logged().slice(before));
}

const LIST = "{ customers(first: 3) { totalCount nodes { fullName phone idNumber } } }";
const CHANGE = `mutation { updateCustomer(input: { id: "${canaryId(1)}", expectedVersion: 1, email: "${CANARY}@example.com" }) { customer { id } } }`;

describe("a fault of the database", () => {
  test("a table that stays locked: SERVICE_UNAVAILABLE once the statement has taken too long", async () => {
    await admin.query("begin; lock table customer in access exclusive mode");
    try {
      await expectFault(() => server.ask(AGENT, LIST, CARE), "SERVICE_UNAVAILABLE");
    } finally {
      await admin.query("rollback");
    }
  });

  test("a row that stays locked: a change is SERVICE_UNAVAILABLE in the same time", async () => {
    await admin.query("begin");
    await admin.query("select 1 from customer where id = $1 for update", [canaryId(1)]);
    const began = performance.now();
    try {
      await expectFault(() => server.ask("data-steward", CHANGE, STEWARD), "SERVICE_UNAVAILABLE");
    } finally {
      await admin.query("rollback");
    }
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test.each([
    ["a list", "lock table customer in access exclusive mode", () => server.ask(AGENT, LIST, CARE)],
    ["a change", "select 1 from customer for update", () => server.ask("data-steward", CHANGE, STEWARD)],
  ])("the connection ended during %s: SERVICE_UNAVAILABLE, and the next request is served", async (_name, lock, ask) => {
    await admin.query(`begin; ${lock}`);
    const asked = expectFault(ask, "SERVICE_UNAVAILABLE");
    await pause(100);
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await asked;
    await admin.query("rollback");
    expect((await server.ask(AGENT, LIST, CARE)).body.errors).toBeUndefined();
  });

  test("changes go on after more connections were lost in them than there are", async () => {
    for (let lost = 0; lost < 6; lost++) {
      await admin.query("begin; select 1 from customer for update");
      const asked = server.ask("data-steward", CHANGE, STEWARD);
      await pause(60);
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
      expect((await asked).body.errors?.[0]?.extensions["code"]).toBe("SERVICE_UNAVAILABLE");
      await admin.query("rollback");
    }
    const change = CHANGE.replace(CANARY, "changed");
    expect((await server.ask("data-steward", change, STEWARD)).body.errors).toBeUndefined();
  });

  test("a statement that the database cannot run: INTERNAL_SERVER_ERROR without a word of it", async () => {
    await admin.query("alter table customer rename column phone to phone_canary");
    try {
      await expectFault(() => server.ask(AGENT, LIST, CARE), "INTERNAL_SERVER_ERROR");
    } finally {
      await admin.query("alter table customer rename column phone_canary to phone");
    }
  });

  test("a sealed value that was tampered with: INTERNAL_SERVER_ERROR for that field alone", async () => {
    const id = DEMO_CUSTOMER_IDS.transferor;
    await admin.query("update customer set id_number_sealed = bank_account_sealed where id = $1", [id]);
    const ask = (): ReturnType<TestServer["ask"]> =>
      server.ask("data-subject", `{ customer(id: "${id}") { fullName idNumber bankAccount } }`);
    await expectFault(ask, "INTERNAL_SERVER_ERROR");
    expect((await ask()).body.data).toEqual({
      customer: { fullName: "李娜", idNumber: null, bankAccount: "6217000010000000003" },
    });
  });
});

describe("a value that does not fit", () => {
  const filter = "query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount } }";
  const update = "mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }";
  const input = { id: canaryId(1), expectedVersion: 1 };

  test.each<[string, string, unknown]>([
    ["an object for a text", filter, { filter: { phone: { eq: { $gt: CANARY } } } }],
    ["a list for a text", filter, { filter: { fullName: { contains: [CANARY] } } }],
    ["a text for a test", filter, { filter: { phone: CANARY } }],
    ["no enum value", filter, { filter: { state: { eq: CANARY } } }],
    ["no day", filter, { filter: { recordedOn: { lt: CANARY } } }],
    ["a day that does not exist", filter, { filter: { recordedOn: { lt: "0000-00-00" } } }],
    ["a day before all days", filter, { filter: { recordedOn: { lt: "0000-01-01" } } }],
    ["an operator of another field", filter, { filter: { idNumber: { startsWith: CANARY } } }],
    ["no field", filter, { filter: { [CANARY]: { eq: "1" } } }],
    ["null for a test", filter, { filter: { fullName: null } }],
    ["null for a value", filter, { filter: { fullName: { eq: null } } }],
    ["nothing at all", filter, { filter: {} }],
    ["too long a text", filter, { filter: { fullName: { eq: CANARY.repeat(100) } } }],
    ["too many texts", filter, { filter: { fullName: { in: Array.from({ length: 201 }, () => CANARY) } } }],
    ["a number for a name", update, { input: { ...input, fullName: 7 } }],
    ["an object for a name", update, { input: { ...input, fullName: { set: CANARY } } }],
    ["a NUL in a name", update, { input: { ...input, fullName: `${CANARY}\u0000` } }],
    ["half a character in a name", update, { input: { ...input, contactPersons: `${CANARY}\ud800` } }],
    ["no telephone number", update, { input: { ...input, phone: CANARY } }],
    ["a NUL in the name of a change", update, { input: { ...input, email: "a@example.com", clientMutationId: `${CANARY}\u0000` } }],
    ["an endless name of a change", update, { input: { ...input, email: "a@example.com", clientMutationId: CANARY.repeat(1_000) } }],
    ["an endless name", update, { input: { ...input, fullName: CANARY.repeat(1_000) } }],
    ["a version beyond all numbers", update, { input: { ...input, expectedVersion: 2 ** 40, email: "a@example.com" } }],
  ])("%s is refused without repeating it, and is nobody's fault but the caller's", async (_name, query, variables) => {
    const before = server.logged().length;
    const { body } = await server.ask("data-steward", query, { ...STEWARD, variables: variables as Record<string, unknown> });
    const codes = body.errors?.map(({ extensions }) => extensions["code"] as string) ?? [];
    expect(codes).toHaveLength(1);
    expect(["BAD_USER_INPUT", "VALIDATION_FAILED", "QUERY_TOO_COMPLEX"]).toContain(codes[0]);
    expect(JSON.stringify(body) + server.logged().slice(before)).not.toContain(CANARY);
  });

  test("a text that no row can hold matches nothing", async () => {
    for (const eq of ["\u0000", "\ud800", "%", "_", "\\"]) {
      const { body } = await server.ask("data-steward", filter, { ...STEWARD, variables: { filter: { fullName: { contains: eq } } } });
      expect(body.data).toEqual({ customers: { totalCount: 0 } });
    }
  });
});

test("the log of all this holds no value, no token, no document and no SQL", async () => {
  await fetch(`${server.url}/graphql?query=${encodeURIComponent(`{ customer(id: "${CANARY}") { fullName } }`)}`, {
    headers: { authorization: `Bearer ${await server.tokenOf(AGENT)}`, "x-purpose": CANARY },
  });
  await server.ask(AGENT, `query Named { customer(id: "${canaryId(1)}") { fullName phone } }`, CARE);
  const log = server.logged();
  expect(log.split("\n").length).toBeGreaterThan(300);
  const values = POPULATION.flatMap(({ record }) => Object.values(record)).filter((value) => value !== null && value.length > 4);
  for (const value of [...values, CANARY, "fullName", "customers(", "Bearer", "eyJ"]) expect(log).not.toContain(value);
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
  const { body } = await server.ask(AGENT, `{ nodes(ids: ["${canaryId(1)}", "${ABSENT}", "${canaryId(17)}"]) { id } }`, CARE);
  expect(dig(body.data, "nodes")).toEqual([{ id: canaryId(1) }, null, null]);
  expect(body.errors?.map(({ message }) => message)).toEqual(Array(2).fill(body.errors?.[0]?.message));
});
