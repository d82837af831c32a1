import pg from "pg";
import { CustomerGroupField } from "../../src/customers/customer-stats.types.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import { type Asker, byValue, shownValues } from "../support/shown-values.ts";
import { CUSTOMER, POLICY } from "../support/policy-world.ts";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";

/* Side channels 5, 6, 7 and 40: a count is a reading, and a small group is a person. */

interface Stats {
  readonly totalCount: number | null;
  readonly groups: readonly {
    readonly count: number;
    readonly keys: readonly { field: string; disclosure: string; value: string | null }[];
  }[];
}

const FLOOR = POLICY.counts?.smallestGroup ?? 0;
const FIELDS = Object.keys(CustomerGroupField);
const ASKERS: readonly Asker[] = DEMO_CALLERS.flatMap(({ name, purposes }) =>
  purposes.map((purpose) => ({ caller: name, purpose })),
);
const BUYER: Asker = {
  caller: "transferee-transfer-manager",
  purpose: "TRANSFER_DUE_DILIGENCE",
};
const STEWARD: Asker = { caller: "data-steward", purpose: "DATA_QUALITY" };
const ANALYST: Asker = { caller: "sales-analyst", purpose: "ANALYTICS" };

const STATS = `query ($filter: CustomerFilter, $groupBy: [CustomerGroupField!]) {
  customerStats(filter: $filter, groupBy: $groupBy) {
    totalCount
    groups { count keys { field disclosure value } }
  }
}`;

let server: TestServer;
let client: pg.Client;
beforeAll(async () => {
  server = await startTestServer({ settings: { RATE_LIMIT_PER_MINUTE: "100000" } });
  client = new pg.Client(server.database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await server.close();
});

function ask(asker: Asker, variables: object): Promise<Answered<{ customerStats: Stats }>> {
  return server.ask(asker.caller, STATS, {
    purpose: asker.purpose,
    variables: variables as Readonly<Record<string, unknown>>,
  });
}

/** What an asking comes to: the counts, or the code of the refusal. */
async function outcome(asker: Asker, variables: object): Promise<Stats | string> {
  const { body } = await ask(asker, variables);
  const code = body.errors?.[0]?.extensions["code"];
  return code === undefined ? (body.data?.customerStats as Stats) : (code as string);
}

async function stats(asker: Asker, variables: object): Promise<Stats> {
  const answer = await outcome(asker, variables);
  if (typeof answer === "string") throw new Error(`${asker.caller} is refused: ${answer}`);
  return answer;
}

test("the floor is what the law of our policy says, and at least twenty", () => {
  expect(FLOOR).toBeGreaterThanOrEqual(20);
});

describe.each(ASKERS)("$caller for $purpose", (asker) => {
  test("groups by no PRIVATE field, by no sealed value, and reads nothing when refused", async () => {
    const refused: string[] = [];
    for (const groupBy of FIELDS) {
      const field = CUSTOMER.fields.get(groupBy);
      server.resetStatements();
      const answer = await outcome(asker, { groupBy: [groupBy] });
      const isRefused = answer === "FIELD_GROUP_FORBIDDEN";
      expect({ groupBy, read: server.statements.length }).toEqual({
        groupBy,
        read: isRefused ? 0 : 1,
      });
      if (typeof answer === "string") {
        expect({ groupBy, answer }).toEqual({ groupBy, answer: "FIELD_GROUP_FORBIDDEN" });
        refused.push(groupBy);
        continue;
      }
      expect({ groupBy, class: field?.classification }).not.toEqual({ groupBy, class: "PRIVATE" });
      const forms = new Set(answer.groups.flatMap(({ keys }) => keys.map((key) => key.disclosure)));
      const form = field?.isSealed === true ? "COARSE" : "CLEAR";
      expect([...forms].filter((one) => one !== form)).toEqual([]);
    }
    // Beside one that is answered, a refused field is still refused.
    const open = FIELDS.find((field) => !refused.includes(field));
    const groupBy = [open, refused[0]].filter((field) => field !== undefined);
    expect(await outcome(asker, { groupBy })).toBe("FIELD_GROUP_FORBIDDEN");
  });

  test("filters counts by no field by which it may not filter lists", async () => {
    const LIST =
      "query ($filter: CustomerFilter) { customers(first: 0, filter: $filter) { totalCount } }";
    for (const [name, value] of [
      ["fullName", "张"],
      ["phone", "+8613800135678"],
      ["idNumber", "11010519491231002X"],
      ["region", "上海市"],
      ["legalHold", true],
    ] as const) {
      const variables = { filter: { [name]: { eq: value } } };
      const { body } = await server.ask(asker.caller, LIST, { purpose: asker.purpose, variables });
      const listed = body.errors?.[0]?.extensions["code"] ?? "answered";
      const counted = await outcome(asker, variables);
      expect({ name, is: typeof counted === "string" ? counted : "answered" }).toEqual({
        name,
        is: listed,
      });
    }
  });
});

test.each([
  [STEWARD, "state"],
  [STEWARD, "region"],
  [STEWARD, "legalHold"],
  [ANALYST, "purchaseTotal"],
  [ANALYST, "preferences"],
] as const)(
  "counts are those of the rows that show the field, without small groups: %j by %s",
  async (asker, field) => {
    const shown = await shownValues({ server, asker, field });
    const sizes = Map.groupBy(shown, (value) => value);
    const expected = [...sizes]
      .map(([value, { length }]) => ({ value, count: Math.floor(length / FLOOR) * FLOOR }))
      .filter(({ count }) => count > 0);
    const { totalCount, groups } = await stats(asker, { groupBy: [field] });
    const told = groups.map(({ count, keys }) => ({ value: keys[0]?.value ?? null, count }));
    expect(new Set(told.map((one) => JSON.stringify(one)))).toEqual(
      new Set(expected.map((one) => JSON.stringify(one))),
    );
    expect(told.length).toBe(expected.length);
    expect(totalCount).toBe(Math.floor(shown.length / FLOOR) * FLOOR);
    // The order must not tell which of two equal counts is the larger.
    const order = told.toSorted((a, b) => b.count - a.count || byValue(a.value, b.value));
    expect(told).toEqual(order);
  },
);

test("one customer, none and nineteen are told alike, to the byte", async () => {
  const { rows } = await client.query<{ customer_no: string }>(
    "select customer_no from customer where controller_id = $1 and state = 'ACTIVE' and age_band = 'ADULT' order by id limit 19",
    [DEMO_ORGANISATIONS.transferor.id],
  );
  const numbers = rows.map((row) => row.customer_no);
  const askings = [["nobody"], numbers.slice(0, 1), numbers].map((list) => ({
    filter: { customerNo: { in: list } },
    groupBy: ["state"],
  }));
  const answers = await Promise.all(
    askings.map(async (variables) => plain(await ask(STEWARD, variables))),
  );
  expect(numbers).toHaveLength(19);
  expect(JSON.parse(answers[0] ?? "")).toMatchObject({
    data: { customerStats: { totalCount: null, groups: [] } },
  });
  expect(new Set(answers).size).toBe(1);
});

test("the size of a small group can't be had by subtraction: twenty sizes have two answers at most", async () => {
  const offered = await offeredIds();
  const answers = new Set<string>();
  for (let size = 0; size < FLOOR; size++) {
    await inDispute(offered.slice(0, size));
    const whole = await stats(BUYER, {});
    const grouped = await stats(BUYER, { groupBy: ["disputeOpen"] });
    const both = await stats(BUYER, { groupBy: ["disputeOpen", "kind"] });
    expect(grouped.groups.map(({ keys }) => keys[0]?.value)).toEqual(["false"]);
    const counts = [whole, grouped, both].flatMap((one) => [
      one.totalCount,
      ...one.groups.map(({ count }) => count),
    ]);
    expect(counts.filter((count) => count === null || count % FLOOR !== 0)).toEqual([]);
    answers.add(JSON.stringify([whole, grouped]));
  }
  expect(answers.size).toBeLessThanOrEqual(2);
});

test("a buyer counts what is on offer and nothing else, and learns no value of it", async () => {
  const offered = await offeredIds();
  expect((await stats(BUYER, {})).totalCount).toBeGreaterThanOrEqual(FLOOR);
  const { body } = await server.ask(
    BUYER.caller,
    `query ($ids: [ID!]!) { nodes(ids: $ids) { id } customers(first: 5) { totalCount nodes { id } } }`,
    {
      purpose: BUYER.purpose,
      variables: { ids: offered.slice(0, 5) },
    },
  );
  expect(body.data).toEqual({
    nodes: [null, null, null, null, null],
    customers: { totalCount: 0, nodes: [] },
  });
  const before = await everything(BUYER);
  await client.query(
    `update customer set full_name = 'Xu', region = '上海市', birth_date_coarse = '1900-XX-XX', purchase_total_coarse = '0-1k', health_status_coarse = 'other'
     where id = any($1)`,
    [offered.slice(0, 50)],
  );
  expect(await everything(BUYER)).toEqual(before);
  await client.query("update customer set prospective_controller_ids = '{}' where id = any($1)", [
    offered,
  ]);
  expect((await stats(BUYER, { groupBy: ["kind"] })).totalCount).toBeNull();
});

test("a value that the caller doesn't read changes no count, to the byte", async () => {
  const before = await everything(ANALYST);
  await client.query(
    `update customer set id_type_coarse = 'another', birth_date_coarse = '1900-XX-XX', health_status_coarse = 'another', legal_hold = not legal_hold
     where id in (select id from customer where controller_id = $1 order by id limit 40)`,
    [DEMO_ORGANISATIONS.transferor.id],
  );
  expect(await everything(ANALYST)).toEqual(before);
});

/** The answers to every field, and to all pairs with the first that is answered. */
async function everything(asker: Asker): Promise<string[]> {
  const askings = [
    {},
    ...FIELDS.map((field) => ({ groupBy: [field] })),
    { groupBy: ["kind", "state"] },
    { groupBy: ["purchaseTotal", "orderCount"] },
  ];
  const answers: string[] = [];
  for (const variables of askings) answers.push(plain(await ask(asker, variables)));
  return answers;
}

/** An answer without what is new in every one. */
function plain({ status, body }: Answered): string {
  return JSON.stringify({ status, ...body }).replaceAll(
    /"(requestId|decisionId)":"[^"]*"/g,
    '"$1":""',
  );
}

async function offeredIds(): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    "select id from customer where $1 = any(prospective_controller_ids) and age_band = 'ADULT' and kind = 'INDIVIDUAL' order by id",
    [DEMO_ORGANISATIONS.transferee.id],
  );
  return rows.map(({ id }) => id);
}

async function inDispute(ids: readonly string[]): Promise<void> {
  await client.query(
    "update customer set dispute_open = (id = any($2)) where $1 = any(prospective_controller_ids)",
    [DEMO_ORGANISATIONS.transferee.id, ids],
  );
}
