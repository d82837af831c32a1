import { askAuthzen } from "../support/authzen.ts";
import { recordsOf, requestIdOf } from "../support/decision-records.ts";
import { eventually } from "../support/eventually.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const ID = "0192a000-0000-7000-8000-000000000503";
const QUESTION = {
  subject: { type: "user", id: "cs-agent" },
  action: { name: "read" },
  resource: { type: "customer.idNumber", id: ID },
  context: { purpose: "SERVICE_DELIVERY" },
};

type Records = Awaited<ReturnType<typeof recordsOf>>;

/** The records of an answer, once as many are there as there should be. */
async function recordsBehind(asked: {
  as?: string;
  at: string;
  message: unknown;
  count: number;
}): Promise<Records> {
  const { as = "policy-client", at, message, count } = asked;
  const answer = await askAuthzen(server, { as, at, message });
  let records: Records = [];
  await eventually(async () => {
    records = await recordsOf(server, requestIdOf(answer));
    expect(records).toHaveLength(count);
  });
  return records;
}

test("a decision is on record, with who asked, about whom, what and why", async () => {
  const [record] = await recordsBehind({ at: "evaluation", message: QUESTION, count: 1 });
  expect(record).toMatchObject({
    action: "EVALUATE",
    operation: { name: "authzen/evaluation" },
    type: "Customer",
    caller: { roles: ["POLICY_CLIENT"] },
    purpose: "POLICY_DECISION",
    verdicts: [
      {
        fields: ["idNumber"],
        disclosure: "PARTIAL",
        reason: "CLASS_SENSITIVE",
        rule: "cs-agent/assigned-case",
      },
    ],
    about: {
      operation: "authzen/evaluation",
      subject: "0192a000-0000-7000-8000-000000000200",
      purpose: "SERVICE_DELIVERY",
      action: "read",
      fields: ["idNumber"],
      given: false,
    },
  });
  expect(JSON.stringify(record)).not.toContain(ID);
});

test("every evaluation of a message has a record of its own, and a denied one too", async () => {
  const evaluations = [
    {},
    { resource: { type: "account", id: "1" } },
    { action: { name: "partial" } },
  ];
  const message = { ...QUESTION, evaluations };
  const records = await recordsBehind({ at: "evaluations", message, count: 3 });
  expect(records.map(({ about }) => about?.["given"])).toEqual([false, false, true]);
  expect(records.map(({ type }) => type)).toEqual(["Customer", null, "Customer"]);
});

test.each([
  ["subject", { ...QUESTION, subject: { type: "user" }, action: { name: "partial" } }],
  ["resource", { ...QUESTION, resource: { type: "customer.idNumber" }, page: { limit: 5 } }],
  ["action", QUESTION],
])("a search for a %s is on record with how many it found", async (what, message) => {
  const [record] = await recordsBehind({ at: `search/${what}`, message, count: 1 });
  expect(record).toMatchObject({
    action: "EVALUATE",
    about: { operation: `authzen/search/${what}` },
  });
  expect(record?.about?.["found"]).toEqual(expect.any(Number));
});

test("evaluateAccess over GraphQL says of the same question the same verdicts", async () => {
  const [one] = await recordsBehind({ at: "evaluation", message: QUESTION, count: 1 });
  const answer = await server.ask(
    "policy-client",
    `{ evaluateAccess(input: { caller: "cs-agent", purpose: "SERVICE_DELIVERY", fields: ["idNumber"],
       resource: { type: "Customer", id: "${ID}" } }) { visible } }`,
  );
  await eventually(async () => {
    const records = await recordsOf(server, requestIdOf(answer));
    const other = records.find(({ action }) => action === "EVALUATE");
    expect(other?.verdicts).toEqual(one?.verdicts);
    expect(other?.about).toMatchObject({ operation: "evaluateAccess" });
  });
});

test("who may not ask is on record as refused", async () => {
  const records = await recordsBehind({
    as: "partner-system",
    at: "evaluation",
    message: QUESTION,
    count: 1,
  });
  expect(records).toMatchObject([{ action: "REQUEST", refusal: "FORBIDDEN" }]);
});
