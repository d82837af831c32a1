import fc from "fast-check";
import { DISCLOSURES, isAbove, type Disclosure } from "../../src/classification/disclosure.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { type AuthzenBody, askAuthzen } from "../support/authzen.ts";
import { supposedAttributes, supposedSubject } from "../support/authzen-questions.ts";
import { CUSTOMER, POLICY } from "../support/policy-world.ts";
import { noted } from "../support/record-properties.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

/*
 * AuthZEN, evaluateAccess and what a caller is in fact given are asked the same random questions: they
 * must never disagree, by whichever way the subject and the row are named.
 */

let server: TestServer;
let customers: readonly string[];
beforeAll(async () => {
  server = await startTestServer();
  const { rows } = await server.app.services.database.pool.query<{ id: string }>(
    `(select id from customer where id::text < '0193' order by id limit 12)
     union (select id from customer order by md5(id::text) limit 60)`,
  );
  customers = rows.map(({ id }) => id);
});
afterAll(() => server.close());

const FIELDS = [...CUSTOMER.fields.keys()];
const LEVELS = DISCLOSURES.filter((level) => level !== "NONE");
const AT = "2026-11-23T12:00:00Z";
const RUNS = propertyRuns(20);

const EVALUATE = `query ($input: EvaluateAccessInput!) {
  evaluateAccess(input: $input) { visible reason rule policyVersion lawPack
    fields { field disclosure reason rule } }
}`;
const REAL = `query ($id: ID!, $fields: [String!]) {
  customer(id: $id) { access(fields: $fields) { field disclosure reason rule } }
}`;

interface Verdict {
  readonly field: string;
  readonly disclosure: Disclosure;
  readonly reason: string | null;
  readonly rule: string;
}
interface Evaluated {
  readonly visible: boolean;
  readonly reason: string | null;
  readonly rule: string;
  readonly policyVersion: string;
  readonly lawPack: string | null;
  readonly fields: readonly Verdict[];
}

/** One question in the words of both. */
interface Asked {
  readonly graphql: Record<string, unknown>;
  readonly authzen: { readonly subject: object; readonly resource: object };
  readonly purpose: string;
}

/** Every field at every level, and the row itself, in one message. */
async function decisionsOf({ authzen, purpose }: Asked): Promise<readonly AuthzenBody[]> {
  const evaluations = [
    { action: { name: "see" }, resource: { type: "customer", ...authzen.resource } },
    ...FIELDS.flatMap((field) =>
      LEVELS.map((level) => ({
        action: { name: level === "CLEAR" ? "read" : level.toLowerCase() },
        resource: { type: `customer.${field}`, ...authzen.resource },
      })),
    ),
  ];
  const context = { purpose, time: AT };
  const parts: AuthzenBody[] = [];
  for (let at = 0; at < evaluations.length; at += 100) {
    const message = {
      subject: authzen.subject,
      context,
      evaluations: evaluations.slice(at, at + 100),
    };
    const { status, body } = await askAuthzen(server, {
      as: "internal-auditor",
      at: "evaluations",
      message,
    });
    expect(status).toBe(200);
    parts.push(...(body.evaluations ?? []));
  }
  return parts;
}

async function evaluated({ graphql, purpose }: Asked): Promise<Evaluated | null> {
  const { body } = await server.ask<{ evaluateAccess: Evaluated }>("internal-auditor", EVALUATE, {
    variables: { input: { ...graphql, purpose, at: AT } },
  });
  return body.data?.evaluateAccess ?? null;
}

/** What AuthZEN says of every field, put together from its yes and no at every level. */
function disclosuresOf(decisions: readonly AuthzenBody[]): Record<string, Disclosure> {
  return Object.fromEntries(
    FIELDS.map((field, index) => {
      const own = decisions.slice(1 + index * LEVELS.length, 1 + (index + 1) * LEVELS.length);
      const given = LEVELS.filter((_level, at) => own[at]?.decision === true);
      // The levels of a field are nested, so what is given has no holes.
      expect(given).toEqual(LEVELS.slice(0, given.length));
      return [field, given.at(-1) ?? "NONE"];
    }),
  );
}

/** @returns on how many fields the two were compared */
async function expectAgreement(asked: Asked): Promise<number> {
  const [decisions, expected] = await Promise.all([decisionsOf(asked), evaluated(asked)]);
  const [row] = decisions;
  if (expected === null) {
    expect(decisions.filter(({ decision }) => decision !== false)).toEqual([]);
    expect(new Set(decisions.map((one) => JSON.stringify(one))).size).toBe(1);
    return 0;
  }
  expect(row?.decision).toBe(expected.visible);
  expect(disclosuresOf(decisions)).toEqual(
    Object.fromEntries(expected.fields.map(({ field, disclosure }) => [field, disclosure])),
  );
  for (const [index, verdict] of expected.fields.entries())
    expectSameReasons({
      verdict,
      expected,
      context: decisions[1 + index * LEVELS.length]?.context,
    });
  return expected.fields.length;
}

function expectSameReasons({
  verdict,
  expected,
  context,
}: {
  verdict: Verdict;
  expected: Evaluated;
  context: Readonly<Record<string, unknown>> | undefined;
}): void {
  const { disclosure, reason, rule, field } = verdict;
  expect(context).toMatchObject({
    disclosure,
    reason_admin: {
      rule,
      policy_version: expected.policyVersion,
      ...(reason !== null && { reason }),
      ...(expected.lawPack !== null && { law_pack: expected.lawPack }),
    },
  });
  const masks = context?.["obligations"] as readonly object[] | undefined;
  const isMasked = disclosure !== "NONE" && isAbove("CLEAR", disclosure);
  expect(masks ?? []).toEqual(
    isMasked ? [{ type: "mask", field, disclosure, rendering: expect.any(String) }] : [],
  );
}

const demoCaller = fc.constantFrom(...DEMO_CALLERS).chain((caller) =>
  fc.record({
    caller: fc.constant(caller),
    purpose: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...caller.purposes) },
      { weight: 1, arbitrary: fc.constantFrom(...POLICY.purposes.keys()) },
    ),
    mfa: fc.boolean(),
  }),
);

test(
  "AuthZEN decides about principals as evaluateAccess does, on every field and level",
  async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(demoCaller, fc.nat(), async ({ caller, purpose, mfa }, at) => {
        const id = customers[at % customers.length] ?? "";
        compared += await expectAgreement({
          graphql: { caller: caller.id, mfa, resource: { type: "Customer", id } },
          authzen: {
            subject: { type: "caller", id: caller.id, properties: { mfa } },
            resource: { id },
          },
          purpose,
        });
      }),
      { numRuns: RUNS },
    );
    noted({ fields: compared });
    expect(compared).toBeGreaterThan(RUNS);
  },
  timeFor(240_000),
);

test(
  "and about supposed subjects and rows",
  async () => {
    let compared = 0;
    const purposes = fc.constantFrom(...POLICY.purposes.keys());
    await fc.assert(
      fc.asyncProperty(
        supposedSubject,
        supposedAttributes,
        purposes,
        async (subject, row, purpose) => {
          compared += await expectAgreement({
            graphql: { subject, resource: { type: "Customer", attributes: row } },
            authzen: {
              subject: { type: "caller", properties: subject },
              resource: { properties: row },
            },
            purpose,
          });
        },
      ),
      { numRuns: RUNS },
    );
    noted({ fields: compared });
    expect(compared).toBe(RUNS * FIELDS.length);
  },
  timeFor(240_000),
);

/** Tokens that say less than the principal's record does are not what is asked about. */
const REAL_CALLERS = DEMO_CALLERS.filter(({ caseFields }) => caseFields.length === 0);

test(
  "and as the caller is in fact answered over GraphQL",
  async () => {
    let given = 0;
    const real = fc
      .constantFrom(...REAL_CALLERS)
      .chain((caller) =>
        fc.tuple(fc.constant(caller), fc.constantFrom(...caller.purposes), fc.nat()),
      );
    await fc.assert(
      fc.asyncProperty(real, async ([caller, purpose, at]) => {
        const id = customers[at % customers.length] ?? "";
        const decisions = await decisionsOf({
          graphql: {},
          authzen: {
            subject: { type: "caller", id: caller.id, properties: { mfa: caller.mfa } },
            resource: { id },
          },
          purpose,
        });
        const { body } = await server.ask<{ customer: { access: readonly Verdict[] } | null }>(
          caller.name,
          REAL,
          { purpose, variables: { id, fields: FIELDS } },
        );
        const answered = body.data?.customer?.access ?? null;
        // Whom the auditor may not ask about is denied everything, and answered what they are answered.
        if (JSON.stringify(decisions[0]?.context).includes('"reason":"NOT_FOUND"')) return;
        expect(decisions[0]?.decision).toBe(answered !== null);
        expect(disclosuresOf(decisions)).toEqual(
          Object.fromEntries(
            FIELDS.map((field) => [
              field,
              answered?.find((one) => one.field === field)?.disclosure ?? "NONE",
            ]),
          ),
        );
        given += answered === null ? 0 : 1;
      }),
      { numRuns: RUNS },
    );
    noted({ rows: given });
    expect(given).toBeGreaterThan(0);
  },
  timeFor(240_000),
);
