import fc from "fast-check";
import type { CustomerRecord } from "../../src/customers/customer-record.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import { ASKERS, type Canary, canaryId, insertCanaries, transferId } from "../support/canaries.ts";
import { CUSTOMER, customerField } from "../support/policy-world.ts";
import { Oracle, POPULATION, type Resident, settlePopulation } from "../support/population.ts";
import { propertyRuns } from "../support/runs.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

/** A field with two values that look alike at every level below CLEAR, but for pseudonyms. */
interface Secret {
  readonly field: keyof CustomerRecord;
  readonly one: string | null;
  readonly other: string | null;
}

const SECRETS: readonly Secret[] = [
  { field: "phone", one: "+8613812345678", other: "+8613899995678" },
  { field: "email", one: "li.na@example.com", other: "lu.xun@example.com" },
  { field: "idNumber", one: "11010519491231002X", other: "11010619491231019X" },
  { field: "bankAccount", one: "6217000010000000003", other: "4217000099990000003" },
  { field: "healthStatus", one: "高血压", other: "冠心病" },
  { field: "medication", one: "硝苯地平", other: "阿司匹林" },
  { field: "creditInfo", one: "信用良好", other: "逾期三次" },
  { field: "fullName", one: "李娜", other: "李小龙" },
];

/** The same with a value in one world and none in the other: told apart from EXISTS upwards. */
const ABSENCES: readonly Secret[] = [
  "phone",
  "idNumber",
  "bankAccount",
  "healthStatus",
  "familyBackground",
  "taxNo",
].map((field) => ({ field: field as Secret["field"], one: "7", other: null }));

let left: TestServer;
let right: TestServer;
beforeAll(async () => {
  [left, right] = await Promise.all([startTestServer(), startTestServer()]);
});
afterAll(() => Promise.all([left.close(), right.close()]));

/** Puts one value into all residents of the left world, and the other into those of the right. */
async function settle({ field, one, other }: Secret): Promise<readonly Resident[]> {
  const withValue = (value: string | null): Canary[] =>
    POPULATION.map((canary) =>
      canary.columns?.["state"] === "DESTROYED"
        ? canary
        : { ...canary, record: { ...canary.record, [field]: value } as Partial<CustomerRecord> },
    );
  const [residents] = await Promise.all([
    settlePopulation(left, withValue(one)),
    settlePopulation(right, withValue(other)),
  ]);
  return residents;
}

/** Levels at which the two values of a secret look alike. */
function looksAlike(level: string, { other }: Secret): boolean {
  return other === null ? level === "NONE" : level !== "CLEAR" && level !== "TOKEN";
}

const LEAVES = [...CUSTOMER.fields.values()]
  .filter(({ shape }) => shape !== "relation")
  .map(({ name }) => name);
const OBJECTS = [
  "controller { name }",
  "events(first: 5) { totalCount nodes { kind changedFields source occurredAt } }",
  `ordered: events(first: 2, filter: { kind: { eq: "IMPORTED" } }, orderBy: [{ field: occurredAt }]) { totalCount nodes { changedFields } }`,
  "transfers { totalCount nodes { code items(first: 3) { nodes { state reasons customer { id } } } } }",
  "access { field disclosure reason rule }",
];

/** Documents with their variables, about a secret field among others. */
function questions(
  secret: Secret,
  residents: readonly Resident[],
): fc.Arbitrary<[string, Record<string, unknown>]> {
  const { field, one, other } = secret;
  const leaf = fc.constantFrom(...LEAVES);
  const selection = fc
    .tuple(fc.uniqueArray(leaf, { maxLength: 6 }), fc.subarray(OBJECTS), fc.boolean())
    .map(([names, objects, isRenamed]) => [
      `${isRenamed ? "secret: " : ""}${field}`,
      "id",
      ...names.filter((name) => name !== field),
      ...objects,
    ])
    .map((parts) => parts.join(" "));
  const id = fc.constantFrom(...residents.map((resident) => resident.id));
  const value = fc.constantFrom(...[one, other, "1", "李"].filter((text) => text !== null));
  const operators = {
    text: ["eq", "startsWith", "contains"],
    lookup: ["eq", "startsWith"],
    exact: ["eq"],
    range: ["eq"],
  };
  const operator = operators[customerField(field).filter ?? "exact"];
  const test = fc.oneof(
    value.chain((text) =>
      fc.constantFrom(...operator).map((name) => ({ [field]: { [name]: text } })),
    ),
    value.map((text) => ({ [field]: { in: [text] } })),
    fc.constantFrom(
      { kind: { eq: "INDIVIDUAL" } },
      { state: { eq: "ACTIVE" } },
      { disputeOpen: { eq: false } },
    ),
  );
  const filter = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 2 },
      test,
      fc.record({ not: tie("any") }),
      fc.record({ or: fc.array(tie("any"), { minLength: 1, maxLength: 2 }) }),
      fc.record({ and: fc.array(tie("any"), { minLength: 1, maxLength: 2 }) }),
    ),
  })).any;
  const canFilter = customerField(field).filter !== null;
  const orderField = fc.constantFrom(
    "customerNo",
    "fullName",
    "region",
    "recordedOn",
    "updatedAt",
    "state",
    "birthDate",
  );
  const list = fc.record({
    filter: fc.option(canFilter ? filter : fc.constant({ kind: { eq: "INDIVIDUAL" } })),
    orderBy: fc.option(
      fc
        .record({ field: orderField, direction: fc.constantFrom("ASC", "DESC") })
        .map((key) => [key]),
    ),
    first: fc.integer({ min: 0, max: 8 }),
  });
  return fc.oneof(
    fc.tuple(
      selection.map(
        (fields) =>
          `query ($filter: CustomerFilter, $orderBy: [CustomerOrder!], $first: Int) {
          customers(filter: $filter, orderBy: $orderBy, first: $first) {
            totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor node { ${fields} } } } }`,
      ),
      list as fc.Arbitrary<Record<string, unknown>>,
    ),
    fc.tuple(
      selection.map((fields) => `query ($id: ID!) { customer(id: $id) { ${fields} } }`),
      id.map((one) => ({ id: one })),
    ),
    fc.tuple(
      selection.map(
        (fields) => `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { ${fields} } } }`,
      ),
      fc.array(id, { maxLength: 5 }).map((ids) => ({ ids })),
    ),
    fc.tuple(
      selection.map(
        (fields) =>
          `query ($id: ID!) { transfer(id: $id) { items(first: 5) { totalCount nodes { customer { ${fields} } } } } }`,
      ),
      fc.constantFrom("TR-2026-005", "TR-2026-011").map((code) => ({ id: transferId(code) })),
    ),
  );
}

/** A whole answer as text, but for what names this one request. */
async function answer(
  server: TestServer,
  { caller, purpose }: (typeof ASKERS)[number],
  [query, variables]: [string, Record<string, unknown>],
): Promise<string> {
  const { status, body } = await server.ask(caller, query, { purpose, variables });
  const text = JSON.stringify([status, body]);
  return text.replace(/"(requestId|decisionId)":"[^"]*"/g, '"$1":""');
}

describe.each([...SECRETS, ...ABSENCES])(
  "two worlds that differ in $field: $one or $other",
  (secret) => {
    let residents: readonly Resident[];
    beforeAll(async () => {
      residents = await settle(secret);
    });

    test("whoever may not tell them apart gets the same answer to every question, to the byte", async () => {
      const blind = ASKERS.filter((asker) => {
        const oracle = new Oracle(asker);
        return residents.every(
          (one) => !oracle.sees(one) || looksAlike(oracle.disclosure(one, secret.field), secret),
        );
      });
      expect(blind.length).toBeGreaterThan(0);
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...blind),
          questions(secret, residents),
          async (asker, question) => {
            const [one, other] = await Promise.all([
              answer(left, asker, question),
              answer(right, asker, question),
            ]);
            expect(one).toBe(other);
          },
        ),
        { numRuns: propertyRuns(30) },
      );
    });

    test("somebody can tell them apart, so the worlds do differ", async () => {
      const differs = await Promise.all(
        ["data-subject", "transferee-data-subject"].map(async (caller) => {
          const asker = { caller, purpose: "SELF_ACCESS" };
          const question: [string, Record<string, unknown>] = [
            `{ customers { nodes { ${secret.field} } } }`,
            {},
          ];
          return (await answer(left, asker, question)) !== (await answer(right, asker, question));
        }),
      );
      expect(differs).toContain(true);
    });
  },
);

/** Customers whom one side or the other does not see; each stands somewhere in the middle of the order. */
const HIDDEN: readonly (readonly [string, Omit<Canary, "id">])[] = [
  [
    "customer of another organisation",
    { organisation: "unrelated", record: POPULATION[0]?.record ?? {} },
  ],
  [
    "customer of the other party",
    { organisation: "transferee", record: POPULATION[0]?.record ?? {} },
  ],
  ["sealed customer", { record: POPULATION[0]?.record ?? {}, columns: { state: "SEALED" } }],
];

test.each(HIDDEN)(
  "two worlds of which one has a %s more are the same for those who do not see it",
  async (_name, hidden) => {
    const more = {
      ...hidden,
      id: canaryId(12).replace("000012", "010012"),
      record: { ...hidden.record, customerNo: "C-99" },
    };
    const secret: Secret = { field: "fullName", one: "李娜", other: "李娜" };
    const residents = await settle(secret);
    await insertCanaries(left, [more]);
    const resident = { ...residents[0], ...attributesOf(more) } as Resident;
    const blind = ASKERS.filter((asker) => !new Oracle(asker).sees(resident));
    const asked = [...residents, resident];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...blind),
        questions(secret, asked),
        async (asker, question) => {
          const [one, other] = await Promise.all([
            answer(left, asker, question),
            answer(right, asker, question),
          ]);
          expect(one).toBe(other);
        },
      ),
      { numRuns: propertyRuns(30) },
    );
  },
);

/** The attributes by which the row of a hidden customer is judged. */
function attributesOf({
  id,
  organisation = "transferor",
  columns,
}: Canary): Record<string, unknown> {
  const { id: controllerId } = DEMO_ORGANISATIONS[organisation];
  return { id, controllerId, assignedAgentIds: [], state: columns?.["state"] ?? "ACTIVE" };
}
