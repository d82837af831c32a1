import { type AuthzenAnswer, askAuthzen } from "../support/authzen.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { AUTHZEN_MAX_EVALUATIONS: "5" } });
});
afterAll(() => server.close());

const ID = "0192a000-0000-7000-8000-000000000503";
const PHONE = { resource: { type: "customer.phone", id: ID } };
const NUMBER = { resource: { type: "customer.idNumber", id: ID } };
const NOBODY = { resource: { type: "customer.phone", id: "no-such-customer" } };

/** Section 7.1.1: defaults for all, of which one evaluation replaces what is its own. */
const DEFAULTS = {
  subject: { type: "user", id: "cs-agent" },
  context: { purpose: "SERVICE_DELIVERY", time: "2026-11-23T12:00Z" },
  action: { name: "read" },
};

function ask(message: unknown): Promise<AuthzenAnswer> {
  return askAuthzen(server, { as: "policy-client", at: "evaluations", message });
}

async function decisionsOn(message: unknown): Promise<(boolean | undefined)[] | undefined> {
  const { status, body } = await ask(message);
  expect(status).toBe(200);
  return body.evaluations?.map(({ decision }) => decision);
}

describe("defaults (section 7.1.1)", () => {
  test("are put into every evaluation that lacks the part", async () => {
    const evaluations = [PHONE, NUMBER, { ...NUMBER, action: { name: "partial" } }];
    expect(await decisionsOn({ ...DEFAULTS, evaluations })).toEqual([true, false, true]);
  });

  test("are replaced as a whole, a context too", async () => {
    const evaluations = [PHONE, { ...PHONE, context: { time: "2026-11-23T12:00Z" } }];
    expect(await decisionsOn({ ...DEFAULTS, evaluations })).toEqual([true, false]);
  });

  test("need not be there where every evaluation has all its parts", async () => {
    const evaluations = [
      { ...DEFAULTS, ...PHONE },
      { ...DEFAULTS, ...NUMBER },
    ];
    expect(await decisionsOn({ evaluations })).toEqual([true, false]);
  });

  test("each answer is that of the single endpoint", async () => {
    const evaluations = [PHONE, NUMBER, NOBODY];
    const { body } = await ask({ ...DEFAULTS, evaluations });
    const alone = await Promise.all(
      evaluations.map((one) =>
        askAuthzen(server, {
          as: "policy-client",
          at: "evaluation",
          message: { ...DEFAULTS, ...one },
        }),
      ),
    );
    expect(body.evaluations).toEqual(alone.map((one) => one.body));
    expect(body).not.toHaveProperty("decision");
  });
});

describe("semantics (section 7.1.2.1)", () => {
  const evaluations = [PHONE, NUMBER, { ...NUMBER, action: { name: "partial" } }];

  test.each([
    [undefined, [true, false, true]],
    [{}, [true, false, true]],
    [{ another_option: "value" }, [true, false, true]],
    [{ evaluations_semantic: "execute_all" }, [true, false, true]],
    [{ evaluations_semantic: "deny_on_first_deny" }, [true, false]],
    [{ evaluations_semantic: "permit_on_first_permit" }, [true]],
  ])("%j: %j", async (options, decisions) => {
    expect(await decisionsOn({ ...DEFAULTS, options, evaluations })).toEqual(decisions);
  });

  test("a permit ends a series after the denials before it, and an error denies", async () => {
    const options = { evaluations_semantic: "permit_on_first_permit" };
    const broken = { ...PHONE, context: { ...DEFAULTS.context, time: "noon" } };
    const series = [NUMBER, broken, PHONE, PHONE];
    expect(await decisionsOn({ ...DEFAULTS, options, evaluations: series })).toEqual([
      false,
      false,
      true,
    ]);
    const strict = { evaluations_semantic: "deny_on_first_deny" };
    const { body } = await ask({ ...DEFAULTS, options: strict, evaluations: [broken, PHONE] });
    expect(body.evaluations).toEqual([
      {
        decision: false,
        context: {
          error: { status: 400, message: "An argument or variable has the wrong shape." },
        },
      },
    ]);
  });

  test("another semantic is refused", async () => {
    const options = { evaluations_semantic: "whatever" };
    expect((await ask({ ...DEFAULTS, options, evaluations })).status).toBe(400);
  });
});

describe("without evaluations it is one evaluation (section 7.1)", () => {
  test.each([
    ["none", {}],
    ["an empty list", { evaluations: [] }],
  ])("%s", async (_name, part) => {
    const message = { ...DEFAULTS, ...PHONE, ...part };
    const { status, body } = await ask(message);
    expect(status).toBe(200);
    const alone = await askAuthzen(server, { as: "policy-client", at: "evaluation", message });
    expect(body).toEqual(alone.body);
  });

  test("and lacks nothing that one must have", async () => {
    const { status, text } = await ask({ ...DEFAULTS });
    expect({ status, text }).toEqual({
      status: 400,
      text: "An argument or variable has the wrong shape. (resource)",
    });
  });
});

test.each([
  ["one without a resource and no default", { ...DEFAULTS, evaluations: [PHONE, {}] }],
  ["one that is no object", { ...DEFAULTS, evaluations: [PHONE, "x"] }],
  ["a list that is none", { ...DEFAULTS, evaluations: { 0: PHONE } }],
  ["a default that is none", { ...DEFAULTS, subject: "cs-agent", evaluations: [PHONE] }],
  ["more than the setting allows", { ...DEFAULTS, evaluations: Array<object>(6).fill(PHONE) }],
])("%s refuses the whole message (section 10.1.1)", async (_name, message) => {
  expect((await ask(message)).status).toBe(400);
});

test("as many as the setting allows are answered", async () => {
  const evaluations = Array<object>(5).fill(PHONE);
  expect(await decisionsOn({ ...DEFAULTS, evaluations })).toHaveLength(5);
});
