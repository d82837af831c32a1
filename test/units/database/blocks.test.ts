import type { Pool } from "pg";
import { FACETS } from "../../../src/audit/decision-columns.ts";
import { systemRecord } from "../../../src/audit/system-record.ts";
import { fieldIn, typeIn } from "../../../src/classification/catalog.ts";
import { dropExpiredDecisions } from "../../../src/database/decision-retention.ts";
import type { Filter, FilterOperator } from "../../../src/database/read-request.ts";
import { readPage } from "../../../src/database/read-statements.ts";
import type { Condition } from "../../../src/policy/condition.ts";
import { fillDecisions, FILLED } from "../../../bench/fill-decisions.ts";
import { CATALOG, emptyDatabase } from "../../support/reader-world.ts";

/*
 * Blocks say where to look and never what is found: every search through them finds what the plain
 * condition finds, page by page, in both directions, and after months were dropped.
 */

const RECORDS = 6_000;
const PAGE = 100;
const DECISION = typeIn(CATALOG, "Decision");
const [ONE = "", OTHER = ""] = FILLED.organisations;

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let pool: Pool;
beforeAll(async () => {
  database = await emptyDatabase();
  pool = database.pool;
  await fillDecisions(pool, { records: RECORDS });
}, 120_000);
afterAll(() => database.close());

function has(field: string, operator: FilterOperator, value: unknown): Filter {
  return { kind: "test", field: fieldIn(DECISION, field), operator, value: value as never };
}

const concerns = (...values: string[]): Condition => ({
  kind: "overlaps",
  attribute: "concernedIds",
  values,
});
const days = (from: string, to: string): Condition[] => [
  { kind: "compare", attribute: "recordedOn", operator: "gte", value: from },
  { kind: "compare", attribute: "recordedOn", operator: "lte", value: to },
];

interface Search {
  readonly visible: Condition;
  readonly filter: Filter | null;
  readonly sql: string;
}

const rule = (id: string): Filter => has("facets", "includes", FACETS.rule(id));
const OLD = "facets @> '{r:old/rule}'";
const MINE = `concerned_ids @> '{${ONE}}'`;

const SEARCHES: Readonly<Record<string, Search>> = {
  "an organisation": { visible: concerns(ONE), filter: null, sql: MINE },
  "two organisations": {
    visible: concerns(ONE, OTHER),
    filter: rule("default-deny"),
    sql: `concerned_ids && '{${ONE},${OTHER}}' AND facets @> '{r:default-deny}'`,
  },
  "two audits of an organisation": {
    visible: {
      kind: "any",
      of: [
        { kind: "all", of: [concerns(ONE), ...days("2026-01-10", "2026-01-12")] },
        { kind: "all", of: [concerns(OTHER), ...days("2026-02-10", "2026-02-12")] },
      ],
    },
    filter: rule("default-deny"),
    sql: `(concerned_ids @> '{${ONE}}' AND recorded_on BETWEEN '2026-01-10' AND '2026-01-12'
       OR concerned_ids @> '{${OTHER}}' AND recorded_on BETWEEN '2026-02-10' AND '2026-02-12') AND facets @> '{r:default-deny}'`,
  },
  "an audit": {
    visible: { kind: "all", of: [concerns(ONE), ...days("2026-01-10", "2026-03-12")] },
    filter: null,
    sql: `${MINE} AND recorded_on BETWEEN '2026-01-10' AND '2026-03-12'`,
  },
  "two audits of one organisation": {
    visible: {
      kind: "any",
      of: [
        { kind: "all", of: [concerns(ONE), ...days("2026-01-10", "2026-01-20")] },
        { kind: "all", of: [concerns(ONE), ...days("2026-02-10", "2026-02-20")] },
      ],
    },
    filter: null,
    sql: `${MINE} AND (recorded_on BETWEEN '2026-01-10' AND '2026-01-20'
       OR recorded_on BETWEEN '2026-02-10' AND '2026-02-20')`,
  },
  everybody: { visible: { kind: "always", value: true }, filter: rule("old/rule"), sql: OLD },
  nobody: { visible: { kind: "always", value: false }, filter: rule("old/rule"), sql: "false" },
  "an organisation beside another one": {
    visible: concerns(ONE),
    filter: has("concernedIds", "includes", OTHER),
    sql: "false",
  },
  "a rule of long ago": {
    visible: concerns(ONE),
    filter: rule("old/rule"),
    sql: `${MINE} AND ${OLD}`,
  },
  "no rule of long ago": {
    visible: concerns(ONE),
    filter: { kind: "not", of: rule("old/rule") },
    sql: `${MINE} AND NOT ${OLD}`,
  },
  "one rule or another": {
    visible: concerns(ONE),
    filter: has("facets", "overlaps", [FACETS.rule("old/rule"), FACETS.rule("default-deny")]),
    sql: `${MINE} AND facets && '{r:old/rule,r:default-deny}'`,
  },
  "a purpose, a role, a policy and a time": {
    visible: concerns(ONE),
    filter: {
      kind: "all",
      of: [
        has("purpose", "eq", "ANALYTICS"),
        has("roles", "includes", "SALES_ANALYST"),
        has("policyVersion", "eq", "policy-3"),
        has("at", "gte", new Date("2026-02-01T12:00:00Z")),
        has("at", "lt", new Date("2026-02-25T06:00:00Z")),
      ],
    },
    sql: `${MINE} AND purpose = 'ANALYTICS' AND roles @> '{SALES_ANALYST}' AND policy_version = 'policy-3'
      AND occurred_at >= '2026-02-01T12:00Z' AND occurred_at < '2026-02-25T06:00Z'`,
  },
  "a transfer": {
    visible: { kind: "always", value: true },
    filter: has("transferIds", "includes", FILLED.transfers[2]),
    sql: `transfer_ids @> '{${FILLED.transfers[2]}}'`,
  },
  "a caller and a rule": {
    visible: concerns(ONE),
    filter: { kind: "all", of: [rule("default-deny"), has("caller", "eq", FILLED.callers[3])] },
    sql: `${MINE} AND facets @> '{r:default-deny}' AND principal_id = '${FILLED.callers[3]}'`,
  },
  "no value that a column can hold": {
    visible: concerns(ONE),
    filter: has("concernedIds", "includes", "no-id"),
    sql: "false",
  },
};

/** Places of all rows, page by page. */
async function places(
  { visible, filter }: Search,
  { descending, backwards }: { descending: boolean; backwards: boolean },
): Promise<number[]> {
  const needs = { parts: new Map(), attributes: ["concernedIds"] };
  const order = [{ field: fieldIn(DECISION, "treeIndex"), descending }];
  const found: number[] = [];
  for (let from: string[] | null = null; ;) {
    const page = { filter, order, limit: PAGE, from, backwards };
    const { statement, shape } = readPage(CATALOG, {
      request: { type: DECISION, visible, needs },
      page,
    });
    const { rows } = await pool.query<unknown[]>({
      text: statement.text,
      values: [...statement.values],
      rowMode: "array",
    });
    found.push(...rows.map((row) => Number(shape.toRow(row).$cursor?.[0])));
    if (rows.length < PAGE) return found;
    from = [String(found.at(-1))];
  }
}

async function expected({ sql }: Search): Promise<number[]> {
  const { rows } = await pool.query<{ place: string }>(
    `SELECT tree_index AS place FROM decision WHERE ${sql} ORDER BY tree_index DESC`,
  );
  return rows.map(({ place }) => Number(place));
}

async function agree(search: Search): Promise<number> {
  const wanted = await expected(search);
  for (const descending of [true, false])
    for (const backwards of [true, false])
      expect(await places(search, { descending, backwards })).toEqual(
        descending !== backwards ? wanted : wanted.toReversed(),
      );
  return wanted.length;
}

test.each(Object.entries(SEARCHES))("what is found of %s is what there is", async (_, search) => {
  const found = await agree(search);
  expect(found > 0).toBe(search.sql !== "false");
});

test("a migration fills the blocks of records that are there as the sealing does", async () => {
  const read = "SELECT word, organisation_id, block FROM decision_block ORDER BY 1, 2, 3";
  const { rows: bySealing } = await pool.query(read);
  const { migrateDown, migrateUp } = await import("../../../src/database/migrate.ts");
  await migrateDown(pool, { to: 16 });
  await migrateUp(pool);
  const { rows: byMigration } = await pool.query(read);
  expect(bySealing.length).toBeGreaterThan(100);
  expect(byMigration).toEqual(bySealing);
});

test("what is dropped leaves no block behind, and the rest is found as before", async () => {
  const at = new Date("2033-02-10T00:00:00Z");
  await pool.query(
    "INSERT INTO log_head (origin, tree_size, root, sealed_at) VALUES ('log', $1, $2, $3)",
    [RECORDS, Buffer.alloc(32), at],
  );
  const gone = await dropExpiredDecisions({
    database: pool,
    since: { STANDARD: new Date("2026-03-01"), PRIVATE: new Date("2026-03-01") },
    held: [],
    recordOf: () => systemRecord({ at, policyVersion: "p", lawPack: "l", about: {} }),
  });
  expect(gone.some(({ records }) => records > 0)).toBe(true);
  const { rows } = await pool.query<{ first: string; lowest: string }>(
    `SELECT min(block) AS first, (SELECT min(tree_index) >> 10 FROM decision) AS lowest FROM decision_block`,
  );
  expect(rows[0]?.first).toBe(rows[0]?.lowest);
  for (const search of Object.values(SEARCHES)) await agree(search);
});
