import fc from "fast-check";
import type { CustomerRecord } from "../../src/customers/customer-record.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import { ASKERS, type Canary, canaryId, insertCanaries } from "../support/canaries.ts";
import { questions, type Secret } from "../support/questions.ts";
import { Oracle, POPULATION, type Resident, settlePopulation } from "../support/population.ts";
import { propertyRuns, timeFor } from "../support/runs.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

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

/** The population, and enough ordinary customers beside it that counts are told of. */
const CROWD: readonly Canary[] = [
  ...POPULATION,
  ...Array.from({ length: 45 }, (_, at) => ({
    id: canaryId(100 + at),
    record: { ...POPULATION[at % 2]?.record, customerNo: `C-1${String(at).padStart(2, "0")}` },
  })),
];

/** Puts one value into all residents of the left world, and the other into those of the right. */
async function settle({ field, one, other }: Secret): Promise<readonly Resident[]> {
  const withValue = (value: string | null): Canary[] =>
    CROWD.map((canary) =>
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

type Asker = (typeof ASKERS)[number];
type Question = readonly [string, Readonly<Record<string, unknown>>];

/** What tells of one request or of the clock: how often somebody asked in this minute, too. */
const OF_THIS_REQUEST = new Set(["date", "x-request-id", "ratelimit"]);

/** A whole answer as text, but for what names this one request. */
async function answer(
  server: TestServer,
  { caller, purpose }: Asker,
  [query, variables]: Question,
): Promise<{ text: string; next: string | null }> {
  const { status, headers, body } = await server.ask(caller, query, { purpose, variables });
  const kept = [...headers].filter(([name]) => !OF_THIS_REQUEST.has(name));
  const text = JSON.stringify([status, kept, body]);
  return {
    text: text.replace(/"(requestId|decisionId)":"[^"]*"/g, '"$1":""'),
    next: /"hasNextPage":true[^}]*"endCursor":"([^"]+)"/.exec(text)?.[1] ?? null,
  };
}

/** Both worlds answer alike, and so does the page after, where there is one. */
function sameAnswers(
  askers: readonly Asker[],
  asked: fc.Arbitrary<[string, Record<string, unknown>]>,
): fc.IAsyncProperty<[Asker, [string, Record<string, unknown>]]> {
  const compare = async (asker: Asker, question: Question): Promise<string | null> => {
    const [one, other] = await Promise.all([
      answer(left, asker, question),
      answer(right, asker, question),
    ]);
    expect(one.text).toBe(other.text);
    return one.next;
  };
  return fc.asyncProperty(fc.constantFrom(...askers), asked, async (asker, [query, variables]) => {
    const after = await compare(asker, [query, variables]);
    if (after === null || !query.includes("$first")) return;
    const paged = query.replace("$first: Int", "$first: Int, $after: String");
    const next = paged.replace("first: $first", "first: $first, after: $after");
    await compare(asker, [next, { ...variables, after }]);
  });
}

describe.each([...SECRETS, ...ABSENCES])(
  "two worlds that differ in $field: $one or $other",
  (secret) => {
    let residents: readonly Resident[];
    beforeAll(async () => {
      residents = await settle(secret);
    });

    test(
      "whoever may not tell them apart gets the same answer to every question, to the byte",
      async () => {
        const blind = ASKERS.filter((asker) => {
          const oracle = new Oracle(asker);
          return residents.every(
            (one) => !oracle.sees(one) || looksAlike(oracle.disclosure(one, secret.field), secret),
          );
        });
        expect(blind.length).toBeGreaterThan(0);
        await fc.assert(sameAnswers(blind, questions(secret, residents)), {
          numRuns: propertyRuns(75),
        });
      },
      timeFor(400_000),
    );

    test("somebody can tell them apart, so the worlds do differ", async () => {
      const differs = await Promise.all(
        ["data-subject", "transferee-data-subject"].map(async (caller) => {
          const asker = { caller, purpose: "SELF_ACCESS" };
          const question: Question = [`{ customers { nodes { ${secret.field} } } }`, {}];
          return (
            (await answer(left, asker, question)).text !==
            (await answer(right, asker, question)).text
          );
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

describe.each(HIDDEN)("two worlds of which one has a %s more", (_name, hidden) => {
  test(
    "whoever does not see it gets the same answer to every question, to the byte",
    async () => {
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
      await fc.assert(sameAnswers(blind, questions(secret, [...residents, resident])), {
        numRuns: propertyRuns(340),
      });
    },
    timeFor(400_000),
  );
});

/** The attributes by which the row of a hidden customer is judged. */
function attributesOf({
  id,
  organisation = "transferor",
  columns,
}: Canary): Record<string, unknown> {
  const { id: controllerId } = DEMO_ORGANISATIONS[organisation];
  return { id, controllerId, assignedAgentIds: [], state: columns?.["state"] ?? "ACTIVE" };
}
