import type {
  Caller,
  CallerDisclosureCase,
  CallerElevation,
  CallerEngagement,
} from "../../src/identity/caller.ts";
import { createRequestContext } from "../../src/request-context.ts";
import { PolicyEngine } from "../../src/policy/decisions.ts";
import { ASKERS, canaryId, transferId } from "../support/canaries.ts";
import { callerBut, CATALOG, CUSTOMER, decisionsOf, POLICY } from "../support/policy-world.ts";
import { Oracle, type Resident, settlePopulation } from "../support/population.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";
import { runOperation } from "../support/run-operation.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

let server: TestServer;
let residents: readonly Resident[];
beforeAll(async () => {
  server = await startTestServer();
  residents = await settlePopulation(server);
});
afterAll(() => server.close());

type Asker = (typeof ASKERS)[number];

const FIELDS = "id fullName phone email idNumber bankAccount healthStatus state purchaseTotal";
const DOCUMENT = `{
  customer(id: "${canaryId(1)}") { ${FIELDS} events(first: 2) { nodes { kind } } }
  customers(first: 2) { totalCount nodes { ${FIELDS} } }
  nodes(ids: ["${canaryId(1)}", "${canaryId(16)}"]) { ... on Customer { ${FIELDS} } }
  transfer(id: "${transferId("TR-2026-005")}") { items(first: 1) { nodes { customer { ${FIELDS} } } } }
}`;

/** An answer but for what names the request, and for the order in which its parts happened to fail. */
function textOf(whole: object): string {
  const { errors = [], ...answer } = whole as { errors?: readonly unknown[] };
  const failures = errors.map((error) => JSON.stringify(error)).sort();
  return JSON.stringify([answer, failures]).replace(
    /\\?"(requestId|decisionId)\\?":\\?"[^"]*"/g,
    "",
  );
}

const overHttp = async ({ caller, purpose }: Asker): Promise<string> =>
  textOf((await server.ask(caller, DOCUMENT, { purpose })).body);

/** Without HTTP, so that thousands of rounds take seconds; everything below it is shared as ever. */
async function inProcess({ caller, purpose }: Asker): Promise<string> {
  const context = createRequestContext(server.app.services, {
    caller: callerBut({ name: caller, purpose, now: TEMPLATE_NOW }),
    now: TEMPLATE_NOW,
    requestId: "test",
  });
  const { api } = server.app.services;
  const { data, errors } = await runOperation({ api, source: DOCUMENT, context });
  return textOf({ data, errors, access: context.access.entries() });
}

/** Every customer anywhere in an answer. */
function customersIn(part: unknown): Record<string, unknown>[] {
  if (typeof part !== "object" || part === null) return [];
  const below = Object.values(part).flatMap(customersIn);
  return "fullName" in part ? [part as Record<string, unknown>, ...below] : below;
}

/** Holds an answer against the policy, so that what callers get alone is right to begin with. */
function expectPermitted(asker: Asker, text: string): void {
  const oracle = new Oracle(asker);
  const visible = residents.filter((resident) => oracle.sees(resident));
  const customers = customersIn(JSON.parse(text));
  for (const customer of customers) {
    const resident = visible.find(({ id }) => id === customer["id"]);
    if (resident === undefined) throw new Error(`${asker.caller} was shown a hidden customer`);
    for (const field of FIELDS.split(" ").slice(1)) {
      const disclosure = oracle.disclosure(resident, field);
      if (disclosure === "NONE")
        expect({ field, value: customer[field] }).toEqual({ field, value: null });
      if (disclosure === "CLEAR")
        expect({ field, value: customer[field] }).toEqual({ field, value: resident[field] });
    }
  }
  expect(text).toContain(`"totalCount":${visible.length}`);
  expect(customers.length).toBeGreaterThanOrEqual(Math.min(visible.length, 2));
}

const RIVALS: readonly (readonly [string, string])[] = [
  ["cs-agent", "internal-auditor"],
  ["data-steward", "partner-system"],
  ["compliance-officer", "external-auditor"],
  ["sales-analyst", "transferee-cs-agent"],
  ["data-subject", "gov-liaison"],
];

test.each(RIVALS)(
  "%s and %s, hundreds of times at once, each get what they get alone",
  async (...names) => {
    const pair = names.map((name) => ASKERS.find(({ caller }) => caller === name) as Asker);
    const alone = [await inProcess(pair[0] as Asker), await inProcess(pair[1] as Asker)];
    expect(alone[0]).not.toBe(alone[1]);
    pair.forEach((asker, at) => expectPermitted(asker, alone[at] ?? ""));
    const mixedUp: number[] = [];
    for (let round = 0; round < propertyRuns(90); round++) {
      const together = await Promise.all(
        [0, 1, 1, 0].map((which) => inProcess(pair[which] as Asker)),
      );
      if ([0, 1, 1, 0].some((which, at) => together[at] !== alone[which])) mixedUp.push(round);
    }
    expect(mixedUp).toEqual([]);
  },
);

test(
  "every caller at once over HTTP, many times, gets what it gets alone",
  async () => {
    const alone: string[] = [];
    for (const asker of ASKERS) alone.push(await overHttp(asker));
    expect(new Set(alone).size).toBeGreaterThan(15);
    for (let round = 0; round < propertyRuns(6); round++) {
      const shuffled = ASKERS.map((_, at) => (at * 7 + round) % ASKERS.length);
      const together = await Promise.all(shuffled.map((which) => overHttp(ASKERS[which] as Asker)));
      expect(together).toEqual(shuffled.map((which) => alone[which]));
    }
  },
  timeFor(120_000),
);

test("within one request, each selection of the same row has its own columns", async () => {
  const { body } = await server.ask(
    "cs-agent",
    `{ a: customer(id: "${canaryId(1)}") { phone } b: customer(id: "${canaryId(1)}") { email x: idNumber }
       c: customers(first: 1) { nodes { events(first: 1) { nodes { id } } } }
       d: customers(first: 1) { nodes { events(first: 0) { totalCount nodes { kind } } } } }`,
    { purpose: "SERVICE_DELIVERY" },
  );
  expect(body.data).toEqual({
    a: { phone: "+8613812345678" },
    b: { email: "li.na@example.com", x: "1****************X" },
    c: { nodes: [{ events: { nodes: [{ id: canaryId(1) }] } }] },
    d: { nodes: [{ events: { totalCount: 1, nodes: [] } }] },
  });
});

function elevationBut(changes: Partial<CallerElevation>): CallerElevation {
  return {
    id: canaryId(2),
    customerId: canaryId(1),
    fields: ["healthStatus"],
    purpose: "RIGHTS_REQUEST",
    from: new Date(TEMPLATE_NOW.getTime() - 60_000),
    until: new Date(TEMPLATE_NOW.getTime() + 60_000),
    reviewedAt: null,
    ...changes,
  };
}

function disclosureCaseBut(changes: Partial<CallerDisclosureCase>): CallerDisclosureCase {
  return {
    code: "DISCLOSURE-2026-001",
    fields: ["phone"],
    jurisdiction: "CN",
    approvalRef: null,
    state: "APPROVED",
    ...changes,
  };
}

function engagementBut(changes: Partial<CallerEngagement>): CallerEngagement {
  return {
    id: canaryId(3),
    code: "ENGAGEMENT-2026-001",
    state: "FIELDWORK",
    organisationIds: ["0192a000-0000-7000-8000-000000000101"],
    transferIds: [],
    limitedToTransfers: false,
    from: "2026-01-01",
    to: "2026-12-31",
    ...changes,
  };
}

/** For each attribute of a caller, values that it does not have. */
const OTHERS: { readonly [Name in keyof Caller]: readonly Caller[Name][] } = {
  id: ["", canaryId(1)],
  kind: ["CLIENT", "PERSON", "ANONYMOUS"],
  name: ["another"],
  organisationId: [canaryId(1), "0192a000-0000-7000-8000-000000000102"],
  organisationCode: ["another"],
  organisationIsFinancial: [true, false],
  organisationIsOperator: [true, false],
  servedOrganisationIds: [[], ["0192a000-0000-7000-8000-000000000102"]],
  roles: [[], ["CS_AGENT"], ["CS_AGENT", "DATA_STEWARD"], ["DATA_SUBJECT"]],
  purposes: [[]],
  purpose: [null, "MARKETING", "COMPLIANCE_AUDIT"],
  scopes: [[], ["customers:read"]],
  fieldCeiling: [null, "NONE", "COARSE"],
  mfa: [false, true],
  authenticatedAt: [null, new Date("2020-01-01T00:00:00Z")],
  trainingValidUntil: [null, new Date("2020-01-01T00:00:00Z")],
  clearance: [null, "PUBLIC", "SENSITIVE"],
  withinWorkingHours: [false, true],
  customerId: [null, canaryId(1)],
  caseCodes: [[], ["DISCLOSURE-2026-001"]],
  location: ["SG", "DE", null],
  exportKeys: [["CN/another"]],
  elevations: [[], [elevationBut({})], [elevationBut({ fields: [] })]],
  disclosureCases: [[], [disclosureCaseBut({})], [disclosureCaseBut({ state: "CLOSED" })]],
  engagements: [[], [engagementBut({})], [engagementBut({ state: "FINAL" })]],
  tokenId: ["another"],
};

/** Everything that a caller is decided by, written out. */
function decided(decisions: ReturnType<typeof decisionsOf>): string {
  const rows = [...CATALOG.keys()].map((type) => [
    decisions.rows("see", type),
    decisions.rows("know", type),
  ]);
  const verdicts = [...CUSTOMER.fields.values()].flatMap((field) => {
    const plan = decisions.fieldPlan(field);
    return [plan.clearWhen, plan.best, ...residents.map((resident) => plan.decide(resident))];
  });
  return JSON.stringify([rows, verdicts]);
}

test.each(["cs-agent", "partner-system", "gov-liaison", "data-subject"])(
  "%s with any attribute changed gets decisions as if nobody had asked before",
  (name) => {
    const engine = new PolicyEngine({ policy: POLICY, catalog: CATALOG });
    const [asker] = ASKERS.filter(({ caller }) => caller === name);
    const caller = callerBut({ name, purpose: asker?.purpose ?? "", now: TEMPLATE_NOW });
    expect(Object.keys(OTHERS).sort()).toEqual(Object.keys(caller).sort());
    const own = decided(engine.decisionsFor(caller, TEMPLATE_NOW));
    const differing = new Set<string>();
    for (const [attribute, values] of Object.entries(OTHERS)) {
      for (const value of values) {
        const changed: Caller = { ...caller, [attribute]: value };
        const cached = decided(engine.decisionsFor(changed, TEMPLATE_NOW));
        expect({ attribute, cached }).toEqual({
          attribute,
          cached: decided(decisionsOf(changed, TEMPLATE_NOW)),
        });
        if (cached !== own) differing.add(attribute);
      }
    }
    expect(decided(engine.decisionsFor(caller, TEMPLATE_NOW))).toBe(own);
    expect(differing).toContain("purpose");
    expect(differing).toContain("roles");
  },
);

test("decisions made at one time are not those of another", () => {
  const engine = new PolicyEngine({ policy: POLICY, catalog: CATALOG });
  const caller = callerBut({
    name: "cs-agent",
    purpose: "SERVICE_DELIVERY",
    now: TEMPLATE_NOW,
    changes: { trainingValidUntil: TEMPLATE_NOW },
  });
  const later = new Date(TEMPLATE_NOW.getTime() + 1_000);
  const before = decided(engine.decisionsFor(caller, TEMPLATE_NOW));
  const after = decided(engine.decisionsFor(caller, later));
  expect(after).toBe(decided(decisionsOf(caller, later)));
  expect(after).not.toBe(before);
});
