import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { type AuthzenAnswer, askAuthzen } from "../support/authzen.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const ASSIGNED = "0192a000-0000-7000-8000-000000000503";
const QUESTION = {
  subject: { type: "user", id: "cs-agent" },
  action: { name: "read" },
  resource: { type: "customer.phone", id: ASSIGNED },
  context: { purpose: "SERVICE_DELIVERY", time: "2026-11-23T12:00Z" },
};

const NUMBER = { ...QUESTION, resource: { type: "customer.idNumber", id: ASSIGNED } };

function ask(message: unknown): Promise<AuthzenAnswer> {
  return askAuthzen(server, { as: "policy-client", at: "evaluation", message });
}

async function decisionOn(message: unknown): Promise<boolean | undefined> {
  const { status, body } = await ask(message);
  expect(status).toBe(200);
  return body.decision;
}

describe("subjects and resources given by their properties alone", () => {
  const SUBJECT = {
    type: "user",
    properties: {
      id: DEMO_CALLERS.find(({ name }) => name === "cs-agent")?.id,
      roles: ["CS_AGENT"],
      organisation: "transferor",
      mfa: true,
      trainingValidUntil: "2027-01-01T00:00:00Z",
      clearance: "SENSITIVE",
      location: "CN",
    },
  };

  test("an agent like ours is given what ours is given", async () => {
    expect((await ask({ ...NUMBER, subject: SUBJECT })).body).toEqual((await ask(NUMBER)).body);
    const empty = { ...SUBJECT, id: "" };
    expect((await ask({ ...NUMBER, subject: empty })).body).toEqual((await ask(NUMBER)).body);
  });

  test.each([
    ["without a second factor", { mfa: false }],
    ["cleared for less", { clearance: "PUBLIC" }],
    ["trained no longer", { trainingValidUntil: "2026-01-01T00:00:00Z" }],
    ["with a ceiling", { fieldCeiling: "EXISTS" }],
    ["as a system without scopes", { isClient: true }, "caller"],
  ])("%s they are given less", async (_name, change, type = "user") => {
    const subject = { type, properties: { ...SUBJECT.properties, ...change } };
    const message = { ...NUMBER, subject, action: { name: "partial" } };
    expect(await decisionOn(message)).toBe(false);
  });

  test("a supposed customer is decided on by its attributes", async () => {
    const attributes = {
      controllerId: "0192a000-0000-7000-8000-000000000101",
      state: "ACTIVE",
      assignedAgentIds: [SUBJECT.properties.id],
      ageBand: "ADULT",
      basisPurposes: ["SERVICE_DELIVERY"],
      formerControllerIds: [],
      minorApprovedIds: [],
      guardianConsent: false,
      jurisdiction: "CN",
      relatedPartyOf: [],
      originalPurposes: null,
      nickname: "ignored",
    };
    const resource = { type: "customer.phone", properties: attributes };
    expect(await decisionOn({ ...QUESTION, resource })).toBe(true);
    const others = { ...attributes, assignedAgentIds: [] };
    const unassigned = { type: "customer.phone", properties: others };
    expect(await decisionOn({ ...QUESTION, resource: unassigned })).toBe(false);
    const partly = { type: "customer.phone", properties: { state: "ACTIVE" } };
    expect(await decisionOn({ ...QUESTION, resource: partly })).toBe(false);
  });

  test.each([
    [
      "a role beside an id",
      { subject: { ...QUESTION.subject, properties: { roles: ["CS_AGENT"] } } },
    ],
    [
      "an attribute beside an id",
      { resource: { ...QUESTION.resource, properties: { state: "ACTIVE" } } },
    ],
    [
      "an attribute of another kind",
      { resource: { type: "customer", properties: { legalHold: "yes" } } },
    ],
    ["no attribute of ours", { resource: { type: "customer", properties: { colour: "blue" } } }],
    ["a subject without an organisation", { subject: { type: "user", properties: { roles: [] } } }],
    [
      "a ceiling that is none",
      { subject: { ...SUBJECT, properties: { ...SUBJECT.properties, fieldCeiling: "LOW" } } },
    ],
    [
      "a time that is none",
      {
        subject: {
          ...SUBJECT,
          properties: { ...SUBJECT.properties, trainingValidUntil: "next year" },
        },
      },
    ],
  ])("%s is refused, not half believed", async (_name, part) => {
    const { status, text } = await ask({ ...QUESTION, ...part });
    expect(status).toBe(400);
    expect(text).toMatch(/^An argument or variable has the wrong shape\./);
  });
});

test("nothing of the customer's own is in an answer", async () => {
  const { rows } = await server.app.services.database.pool.query<Record<string, unknown>>(
    "select * from customer where id = $1",
    [ASSIGNED],
  );
  const values = Object.entries(rows[0] ?? {}).filter(
    ([column, value]) => /name|phone|email|partial|coarse/.test(column) && value !== null,
  );
  expect(values.length).toBeGreaterThan(3);
  const asked = await Promise.all(
    ["customer", "customer.phone", "customer.idNumber", "customer.fullName"].flatMap((type) =>
      ["read", "see", "update"].map((name) =>
        ask({ ...QUESTION, resource: { type, id: ASSIGNED }, action: { name } }),
      ),
    ),
  );
  const told = asked.map(({ text }) => text).join();
  expect(values.filter(([, value]) => told.includes(String(value)))).toEqual([]);
});
