import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { FACETS } from "../../../src/audit/decision-columns.ts";
import { fieldIn, typeIn } from "../../../src/classification/catalog.ts";
import type { Filter, FilterOperator, SortKey } from "../../../src/database/read-request.ts";
import { readPage } from "../../../src/database/read-statements.ts";
import { fillDecisions, FILLED, filledCustomer } from "../../../bench/fill-decisions.ts";
import { CATALOG, emptyDatabase } from "../../support/reader-world.ts";

/*
 * Searches of the decision log are carried by indexes: asserted on the plans that PostgreSQL makes for
 * the very statements of the reader, on a log of 40,000 records.
 */

const RECORDS = 40_000;
/** Places of a block of the log. */
const BLOCK = 1_024;
const PAGE = 21;
const DECISION = typeIn(CATALOG, "Decision");

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let pool: Pool;
beforeAll(async () => {
  database = await emptyDatabase();
  pool = database.pool;
  await fillDecisions(pool, { records: RECORDS });
}, 120_000);
afterAll(() => database.close());

function test_(field: string, operator: FilterOperator, value: unknown): Filter {
  return { kind: "test", field: fieldIn(DECISION, field), operator, value: value as never };
}

interface PlanNode {
  readonly "Relation Name"?: string;
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Rows Removed by Filter"?: number;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly Plans?: readonly PlanNode[];
}

async function planOf({
  filter,
  order = [],
  from = null,
  organisation = FILLED.organisations[0] ?? "",
}: {
  filter: Filter | null;
  order?: readonly SortKey[];
  from?: readonly string[] | null;
  organisation?: string;
}): Promise<{ indexes: string[]; isScanned: boolean; touched: number; rows: number }> {
  const request = {
    type: DECISION,
    visible: {
      kind: "includes",
      attribute: "concernedIds",
      value: organisation,
    } as const,
    needs: { parts: new Map(), attributes: ["concernedIds"] },
  };
  const page = { filter, order, limit: PAGE, from, backwards: false };
  const { statement } = readPage(CATALOG, { request, page });
  const { rows } = await pool.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${statement.text}`,
    [...statement.values],
  );
  const nodes = allNodes(rows[0]?.["QUERY PLAN"][0]?.Plan as PlanNode);
  return {
    rows: nodes[0]?.["Actual Rows"] ?? 0,
    indexes: [...new Set(nodes.flatMap((node) => node["Index Name"] ?? []))],
    isScanned: nodes.some(
      (node) => node["Node Type"] === "Seq Scan" && node["Actual Loops"] > 0 && isLarge(node),
    ),
    touched: nodes
      .filter(
        (node) =>
          /^(Index Scan|Index Only Scan|Bitmap Heap Scan|Seq Scan)/.test(node["Node Type"]) &&
          !isListOfDays(node),
      )
      .reduce(
        (sum, node) =>
          sum +
          (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
        0,
      ),
  };
}

/** One row for each day that is kept: whether it is read as a whole, and how often, is PostgreSQL's to choose. */
function isListOfDays(node: PlanNode): boolean {
  return node["Relation Name"] === "decision_day";
}

/** Parts that are empty are scanned in no time. */
function isLarge(node: PlanNode): boolean {
  if (isListOfDays(node)) return false;
  return node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) > 100;
}

/** One more record, which the filling of this log left a place for. */
async function concernOnce(organisation: string, place: number): Promise<void> {
  await pool.query(
    `INSERT INTO decision SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(),
       'concerned_ids', ARRAY[$1::uuid], 'sealed_at', d.sealed_at + interval '1 microsecond'))).*
       FROM decision d WHERE tree_index = $2`,
    [organisation, place],
  );
}

function allNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allNodes)];
}

const DAY = new Date("2026-02-10T00:00:00Z");
const NEXT_DAY = new Date("2026-02-11T00:00:00Z");

test.each([
  ["nothing, the newest page", null],
  ["a customer", () => test_("subjects", "includes", filledCustomer(7))],
  ["a caller", () => test_("caller", "eq", FILLED.callers[3])],
  ["a rare rule", () => test_("facets", "includes", FACETS.rule("rare/rule"))],
  ["a frequent rule", () => test_("facets", "includes", FACETS.rule("cs-agent/no-case"))],
  ["a rule of long ago", () => test_("facets", "includes", FACETS.rule("old/rule"))],
  ["a purpose", () => test_("purpose", "eq", "SERVICE_DELIVERY")],
  ["a request", () => test_("request", "eq", "request-4711")],
  ["an operation", () => test_("operationName", "eq", "Operation7")],
  ["a case", () => test_("caseCodes", "includes", "CASE-7")],
  [
    "a day long ago",
    () => ({ kind: "all", of: [test_("at", "gte", DAY), test_("at", "lt", NEXT_DAY)] }),
  ],
  [
    "a caller on a day",
    () => ({
      kind: "all",
      of: [
        test_("caller", "eq", FILLED.callers[3]),
        test_("at", "gte", DAY),
        test_("at", "lt", NEXT_DAY),
      ],
    }),
  ],
] as const)("a search by %s reads an index and few rows", async (_, filter) => {
  const { indexes, isScanned, touched } = await planOf({
    filter: filter === null ? null : (filter() as Filter),
  });
  expect(isScanned).toBe(false);
  expect(indexes.length).toBeGreaterThan(0);
  expect(touched).toBeLessThan(RECORDS / 10);
});

test("a page a thousand pages deep costs as much as the first", async () => {
  const first = await planOf({ filter: null });
  const deep = await planOf({ filter: null, from: [String(RECORDS - 21_000)] });
  expect(deep.isScanned).toBe(false);
  expect(deep.touched).toBeLessThan(first.touched * 2 + 100);
});

describe("however much newer there is", () => {
  const word = (facet: string): Filter => test_("facets", "includes", facet) as Filter;
  const all = (...of: Filter[]): Filter => ({ kind: "all", of });

  test.each([
    // The blocks with it are the first four, and the newest of them fills the page.
    ["a rule of long ago", word(FACETS.rule("old/rule")), 2],
    ["a policy of long ago", test_("policyVersion", "eq", "policy-0") as Filter, 2],
    [
      "a rule of long ago with a common field",
      all(word(FACETS.rule("old/rule")), word(FACETS.field("Customer.phone"))),
      2,
    ],
    [
      "a rule of long ago on a day when it was no more",
      all(
        word(FACETS.rule("old/rule")),
        test_("at", "gte", DAY) as Filter,
        test_("at", "lt", NEXT_DAY) as Filter,
      ),
      0,
    ],
    ["a rule that there never was", word(FACETS.rule("no/rule")), 0],
    // One record of a thousand: of each block there is one row.
    ["a rare field", word(FACETS.fieldAt("Customer.idNumber", "CLEAR")), PAGE],
    ["a rare transfer", test_("transferIds", "includes", FILLED.transfers[1]) as Filter, PAGE],
  ])("%s opens no block without it", async (_, filter, blocks) => {
    const { isScanned, touched } = await planOf({ filter });
    expect(isScanned).toBe(false);
    // Beside the rows of the blocks: their numbers.
    expect(touched).toBeLessThanOrEqual(blocks * BLOCK + 100);
  });

  test("nor does the newest page of an organisation that has not been concerned for long", async () => {
    const organisation = randomUUID();
    await concernOnce(organisation, 100);
    const { touched, rows } = await planOf({ filter: null, organisation });
    expect(touched).toBeLessThanOrEqual(BLOCK + 100);
    expect(rows).toBe(1);
  });
});
