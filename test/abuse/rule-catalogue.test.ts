import { getIntrospectionQuery } from "graphql";
import { ASKERS, callerId, canaryId, dig } from "../support/canaries.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import { POLICY } from "../support/policy-world.ts";
import { POPULATION, settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await settlePopulation(server);
});
afterAll(() => server.close());

const RULE_IDS = new Set([...POLICY.rules.map(({ id }) => id), "default-deny"]);
const EVALUATE = (subject: string): string =>
  `{ evaluateAccess(input: { ${subject}, purpose: "SERVICE_DELIVERY", resource: { type: "Customer", id: "${canaryId(1)}" } }) {
     visible reason rule policyVersion fields { field disclosure reason rule } } }`;

/** No customer's value, and nobody's id but the one that was asked with. */
function expectNothingProtected(answer: unknown, allowed: readonly string[] = []): void {
  const text = JSON.stringify(answer);
  const values = POPULATION.flatMap(({ record }) => Object.entries(record))
    .filter(
      ([name, value]) =>
        value !== null &&
        value.length > 3 &&
        !["kind", "gender", "idType", "accountKind", "marketingConsent"].includes(name),
    )
    .map(([, value]) => value as string);
  for (const value of new Set(values)) expect(text).not.toContain(value);
  const ids = [
    ...DEMO_CALLERS.map(({ id }) => id),
    ...Object.values(DEMO_ORGANISATIONS).map(({ id }) => id),
  ];
  for (const id of ids) if (!allowed.includes(id)) expect(text).not.toContain(id);
}

test("introspection shows names, classes and made-up examples, and nothing of the data", async () => {
  for (const caller of ["partner-system", null]) {
    const { body } = await server.ask(caller, getIntrospectionQuery());
    expect(body.errors).toBeUndefined();
    expectNothingProtected(body);
    const text = JSON.stringify(body);
    expect(text).not.toMatch(/_sealed|_index|_partial|_coarse|wrapped|recordDigest|controlEpoch/);
  }
});

test("enums and arguments have no default that is a value of somebody", async () => {
  const { body } = await server.ask(
    "partner-system",
    "{ __schema { types { inputFields { defaultValue } enumValues { name } } } }",
  );
  expectNothingProtected(body);
});

test.each(ASKERS)(
  "$caller for $purpose learns ids of rules from an answer, never their conditions",
  async ({ caller, purpose }) => {
    const { body } = await server.ask(
      caller,
      `{ viewer { access(type: "Customer") { field disclosure variesByRow reason } }
       customers(first: 5) { nodes { access { field disclosure reason rule } healthStatus assigned: idNumber } } }`,
      { purpose },
    );
    const told = JSON.stringify(body);
    for (const rule of told.matchAll(/"rule":"([^"]*)"/g)) expect(RULE_IDS).toContain(rule[1]);
    for (const reason of told.matchAll(/"reason":"([^"]*)"/g))
      expect(reason[1]).toMatch(/^[A-Z_]+$/);
    expect(told).not.toContain(callerId("cs-agent"));
    expect(told).not.toMatch(/\$caller|assignedAgentIds|controllerId|basisPurposes/);
  },
);

test("what policy would decide for another is told to those who may ask, and holds no value", async () => {
  const asked = `caller: "${callerId("cs-agent")}"`;
  for (const { caller, purpose } of ASKERS) {
    const { body } = await server.ask(caller, EVALUATE(asked), { purpose });
    const [error] = body.errors ?? [];
    if (error === undefined) expectNothingProtected(body.data);
    else expect(["FORBIDDEN", "NOT_FOUND"]).toContain(error.extensions["code"]);
  }
});

test("principals of organisations that the auditor does not serve do not exist", async () => {
  for (const name of ["transferee-cs-agent", "unrelated-cs-agent", "nobody"]) {
    const id = name === "nobody" ? canaryId(999) : callerId(name);
    const { body } = await server.ask("internal-auditor", EVALUATE(`caller: "${id}"`));
    expect(body.errors?.map(({ extensions }) => extensions["code"])).toEqual(["NOT_FOUND"]);
  }
});

test("rows that the auditor may not know of do not exist, whoever is supposed to ask", async () => {
  for (const number of [15, 16, 17, 8, 999]) {
    const query = EVALUATE(
      'subject: { roles: ["DATA_STEWARD"], organisation: "transferee", mfa: true }',
    ).replace(canaryId(1), canaryId(number));
    const { body } = await server.ask("internal-auditor", query);
    expect({ number, codes: body.errors?.map(({ extensions }) => extensions["code"]) }).toEqual({
      number,
      codes: ["NOT_FOUND"],
    });
  }
});

test("a viewer reads about itself and nobody else", async () => {
  const { body } = await server.ask(
    "partner-system",
    "{ viewer { id caller roles purposes scopes organisation { name } } }",
  );
  expect(dig(body.data, "viewer", "caller")).toBe("partner-system");
  expectNothingProtected(body, [callerId("partner-system")]);
});
