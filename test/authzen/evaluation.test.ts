import { DEMO_CUSTOMER_IDS } from "../../src/identity/demo-callers.ts";
import { type AuthzenAnswer, askAuthzen } from "../support/authzen.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const ASSIGNED = "0192a000-0000-7000-8000-000000000503";
/** Of the transferee, so out of reach for whoever serves the transferor. */
const HIDDEN = DEMO_CUSTOMER_IDS.transferee;
const MISSING = "0192a000-0000-7000-8000-00000000dead";
const NOT_FOUND = "There is no such thing within the caller's reach.";

const QUESTION = {
  subject: { type: "user", id: "cs-agent" },
  action: { name: "read" },
  resource: { type: "customer.phone", id: ASSIGNED },
  context: { purpose: "SERVICE_DELIVERY", time: "2026-11-23T12:00Z" },
};

const NUMBER = { ...QUESTION, resource: { type: "customer.idNumber", id: ASSIGNED } };

function ask(message: unknown, as = "policy-client"): Promise<AuthzenAnswer> {
  return askAuthzen(server, { as, at: "evaluation", message });
}

async function decisionOn(message: unknown): Promise<boolean | undefined> {
  const { status, body } = await ask(message);
  expect(status).toBe(200);
  return body.decision;
}

describe("the example of section 6.1.1, with our words", () => {
  test("a CS agent may read the phone of an assigned customer", async () => {
    const { status, body } = await ask(QUESTION);
    expect(status).toBe(200);
    expect(body).toEqual({
      decision: true,
      context: {
        disclosure: "CLEAR",
        reason_admin: {
          "200": expect.stringContaining("phone is CLEAR for CS_AGENT and SERVICE_DELIVERY."),
          rule: "cs-agent/assigned-case",
          policy_version: expect.stringMatching(/^[0-9a-f]{64}$/),
          law_pack: expect.stringMatching(/./),
        },
      },
    });
  });

  test("members that we don't know are ignored, wherever they stand (section 10.1.1)", async () => {
    const message = {
      ...QUESTION,
      subject: {
        ...QUESTION.subject,
        properties: { department: "Sales", ip_address: "::1" },
        x: 1,
      },
      action: { name: "read", properties: { method: "GET" } },
      resource: { ...QUESTION.resource, properties: { library_record: { title: "AuthZEN" } } },
      context: { ...QUESTION.context, schema: "https://schema.example.com/x.json" },
      more: { nested: [null] },
    };
    expect((await ask(message)).body).toEqual((await ask(QUESTION)).body);
  });
});

describe("levels", () => {
  test.each([
    ["read", false],
    ["clear", false],
    ["partial", true],
    ["coarse", true],
    ["token", true],
    ["exists", true],
    ["none", false],
    ["PARTIAL", false],
  ])("%s of a number that is given in part: %s", async (name, decision) => {
    expect(await decisionOn({ ...NUMBER, action: { name } })).toBe(decision);
  });

  test("what is given below clear comes with the mask as an obligation", async () => {
    const { body } = await ask(NUMBER);
    expect(body.context).toMatchObject({
      disclosure: "PARTIAL",
      obligations: [
        { type: "mask", field: "idNumber", disclosure: "PARTIAL", rendering: "identityNumber" },
      ],
      reason_admin: { reason: "CLASS_SENSITIVE", rule: "cs-agent/assigned-case" },
      reason_user: { "403": expect.stringContaining("you get idNumber at PARTIAL at most") },
    });
  });

  test("what is not given at all comes without a mask", async () => {
    const { body } = await ask({
      ...QUESTION,
      resource: { type: "customer.gender", id: ASSIGNED },
    });
    expect(body.decision).toBe(false);
    expect(body.context).toMatchObject({ disclosure: "NONE" });
    expect(body.context).not.toHaveProperty("obligations");
  });
});

describe("the whole row", () => {
  const ROW = { ...QUESTION, resource: { type: "customer", id: ASSIGNED } };

  test("see says that it is there, and how every field has to be masked", async () => {
    const { body } = await ask({ ...ROW, action: { name: "see" } });
    expect(body.decision).toBe(true);
    const masks = body.context?.["obligations"] as { field: string; disclosure: string }[];
    expect(masks.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["idNumber", "bankAccount", "taxNo"]),
    );
    expect(masks.map(({ field }) => field)).not.toContain("phone");
    expect(masks.filter(({ disclosure }) => ["CLEAR", "NONE"].includes(disclosure))).toEqual([]);
  });

  test("a level is given on a row only where it is given on every field; those on which it is are named", async () => {
    const { body } = await ask(ROW);
    expect(body.decision).toBe(false);
    const fields = body.context?.["fields"] as string[];
    expect(fields).toContain("phone");
    expect(fields).not.toContain("idNumber");
  });

  test("a field is not seen, it is given at a level", async () => {
    expect(await decisionOn({ ...QUESTION, action: { name: "see" } })).toBe(false);
  });

  test("persons are given all of their own record but what nobody reads", async () => {
    const own = {
      subject: { type: "user", id: "data-subject" },
      resource: { type: "customer", id: DEMO_CUSTOMER_IDS.transferor },
      context: { purpose: "SELF_ACCESS" },
    };
    expect(await decisionOn({ ...own, action: { name: "read" } })).toBe(true);
    const { subject } = own;
    const weak = { ...own, subject: { ...subject, properties: { mfa: false } } };
    expect(await decisionOn({ ...weak, action: { name: "read" } })).toBe(false);
  });
});

describe("verbs", () => {
  const STEWARD = {
    ...QUESTION,
    subject: { type: "user", id: "data-steward" },
    context: { purpose: "DATA_QUALITY" },
  };

  test.each([
    ["phone", true],
    ["idNumber", false],
  ])("a data steward may update %s: %s", async (field, decision) => {
    const message = {
      ...STEWARD,
      action: { name: "update" },
      resource: { type: `customer.${field}`, id: ASSIGNED },
    };
    const { body } = await ask(message);
    expect(body.decision).toBe(decision);
    expect(body.context).not.toHaveProperty("obligations");
    if (!decision)
      expect(body.context).toMatchObject({
        reason_user: { "403": "The caller is not permitted to do this." },
        reason_admin: { "403": expect.stringContaining("The verb update is not given.") },
      });
  });

  test("an auditor may ask what policy decides, who sees the row or only asks about it", async () => {
    const resource = { type: "customer", id: ASSIGNED };
    const asks = { ...QUESTION, resource, action: { name: "evaluateAccess" } };
    const as = (type: string, id: string, purpose: string) => ({
      ...asks,
      subject: { type, id },
      context: { purpose },
    });
    expect(await decisionOn(as("user", "internal-auditor", "COMPLIANCE_AUDIT"))).toBe(true);
    expect(await decisionOn(as("client", "policy-client", "POLICY_DECISION"))).toBe(true);
    expect(await decisionOn(as("client", "partner-system", "SERVICE_DELIVERY"))).toBe(false);
  });

  test.each(["writePolicy", "dance", "__proto__", "constructor", ""])(
    "%j is no action on a row, and denied",
    async (name) => {
      const { body } = await ask({ ...QUESTION, action: { name } });
      expect(body).toEqual(UNKNOWN);
    },
  );
});

const UNKNOWN = {
  decision: false,
  context: {
    reason_admin: { "404": NOT_FOUND, reason: "NOT_FOUND" },
    reason_user: { "404": NOT_FOUND },
  },
};

describe("what can't be found is denied, whether it exists or not", () => {
  test.each([
    ["a hidden row", { resource: { type: "customer.phone", id: HIDDEN } }],
    ["a missing row", { resource: { type: "customer.phone", id: MISSING } }],
    ["an id that is none", { resource: { type: "customer.phone", id: "1' or '1'='1" } }],
    ["an unknown type", { resource: { type: "account", id: "123" } }],
    ["a type that nobody may ask about", { resource: { type: "elevation", id: MISSING } }],
    ["an unknown field", { resource: { type: "customer.shoeSize", id: ASSIGNED } }],
    ["a type like a prototype", { resource: { type: "__proto__", id: ASSIGNED } }],
    [
      "a principal of another organisation",
      { subject: { type: "user", id: "transferee-cs-agent" } },
    ],
    ["a principal that does not exist", { subject: { type: "user", id: "alice@example.com" } }],
    ["a principal of another kind", { subject: { type: "client", id: "cs-agent" } }],
    ["an unknown type of subject", { subject: { type: "robot", id: "cs-agent" } }],
    ["text that no database holds", { subject: { type: "user", id: "cs-agent\0" } }],
    [
      "a supposed subject of no organisation",
      { subject: { type: "user", properties: { roles: ["CS_AGENT"], organisation: "nowhere" } } },
    ],
    [
      "a supposed subject of no known role",
      { subject: { type: "user", properties: { roles: ["KING"], organisation: "transferor" } } },
    ],
  ])("%s", async (_name, part) => {
    const { status, body } = await ask({ ...QUESTION, ...part });
    expect(status).toBe(200);
    expect(body).toEqual(UNKNOWN);
  });

  test("to an auditor just as to a policy client", async () => {
    for (const id of [HIDDEN, MISSING]) {
      const message = { ...QUESTION, resource: { type: "customer", id } };
      expect((await ask(message, "internal-auditor")).body).toEqual(UNKNOWN);
    }
  });

  test("a row that is hidden from the subject is for the subject what a missing one is", async () => {
    const counsel = { type: "user", id: "legal-counsel" };
    const hidden = { ...QUESTION, subject: counsel, context: { purpose: "DISPUTE_HANDLING" } };
    const { body } = await ask(hidden);
    expect(body.decision).toBe(false);
    expect(body.context?.["reason_user"]).toEqual(UNKNOWN.context.reason_user);
    expect(body.context?.["reason_admin"]).toMatchObject({ reason: "OUT_OF_SCOPE" });
    expect(body.context).not.toHaveProperty("obligations");
  });
});

describe("purpose and time", () => {
  test("without a purpose nothing is permitted, and the answer says what is lacking", async () => {
    for (const context of [undefined, null, {}, { purpose: null }]) {
      const { status, body } = await ask({ ...QUESTION, context });
      expect(status).toBe(200);
      expect(body).toEqual({
        decision: false,
        context: {
          reason_admin: {
            "400": "The request has to name its purpose.",
            reason: "PURPOSE_REQUIRED",
          },
          reason_user: { "400": "The request has to name its purpose." },
        },
      });
    }
  });

  test("a purpose that policy does not know permits nothing", async () => {
    const { body } = await ask({ ...QUESTION, context: { purpose: "FUN" } });
    expect(body).toMatchObject({
      decision: false,
      context: { reason_admin: { reason: "PURPOSE_NOT_PERMITTED" } },
    });
  });

  test("a role that holds from a day on gives nothing the day before", async () => {
    const before = { ...QUESTION.context, time: "2025-12-31T23:59:59Z" };
    expect(await decisionOn({ ...QUESTION, context: before })).toBe(false);
    expect(
      await decisionOn({ ...QUESTION, context: { ...before, time: "2026-01-01T00:00:00Z" } }),
    ).toBe(true);
  });
});
