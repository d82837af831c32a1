import fc from "fast-check";
import pg from "pg";
import { fieldIn, typeIn } from "../../src/classification/catalog.ts";
import { conditionToSql } from "../../src/database/sql-condition.ts";
import type { SqlKind } from "../../src/database/sql-kind.ts";
import { SqlParameters } from "../../src/database/sql-parameters.ts";
import type { Condition } from "../../src/policy/condition.ts";
import type { Decisions } from "../../src/policy/decisions.ts";
import { compilePredicate } from "../../src/policy/matches.ts";
import {
  GENERATED_ATTRIBUTES,
  generatedCondition,
  generatedRow,
} from "../support/generated-conditions.ts";
import { generatedRowRules, THING, THINGS } from "../support/generated-policy.ts";
import { noted } from "../support/record-properties.ts";
import { propertyRuns, runSeed, timeFor } from "../support/runs.ts";
import { generatedCaller, underRules } from "../support/situations.ts";
import { testServerUrl } from "../support/test-server.ts";

const ROWS = 300;
const rows = fc.sample(generatedRow, { seed: runSeed(), numRuns: ROWS });
const runs = { numRuns: propertyRuns(1_000) };

let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client(testServerUrl());
  await client.connect();
  const columns = Object.entries(GENERATED_ATTRIBUTES).map(([name, kind]) => `${name} ${kind}`);
  await client.query(`create temp table generated (n integer, ${columns.join(", ")})`);
  const numbered = rows.map((row, n) => ({ n, ...row }));
  await client.query(
    "insert into generated select * from jsonb_populate_recordset(null::generated, $1)",
    [JSON.stringify(numbered)],
  );
});

afterAll(() => client.end());

test(
  "a row condition finds in SQL exactly the rows that it matches in memory",
  async () => {
    await fc.assert(
      fc.asyncProperty(generatedCondition, async (condition) => {
        const isMatched = compilePredicate(condition);
        const [found] = await foundInSql([condition]);
        expect(found).toEqual(rowsWhere((row) => isMatched(row)));
      }),
      runs,
    );
    noted({ "rows compared": runs.numRuns * ROWS });
  },
  timeFor(400_000),
);

const ACTIONS = ["see", "know", "count"] as const;

test(
  "can() about a row, under any rules and caller, is what PostgreSQL finds: no row more and none less",
  async () => {
    const compared = { "rows compared": 0, "found by both": 0, wider: 0, narrower: 0 };
    await fc.assert(
      fc.asyncProperty(generatedRowRules, generatedCaller, async (rules, who) => {
        const decisions = underRules(rules, who);
        const found = await foundInSql(conditionsOf(decisions));
        for (const [at, can] of abilitiesOf(decisions).entries()) {
          const inSql = new Set(found[at]);
          const inMemory = new Set(rowsWhere(can));
          const wider = [...inSql].filter((n) => !inMemory.has(n));
          const narrower = [...inMemory].filter((n) => !inSql.has(n));
          compared["rows compared"] += ROWS;
          compared["found by both"] += inSql.size - wider.length;
          compared.wider += wider.length;
          compared.narrower += narrower.length;
          expect({ wider, narrower }).toEqual({ wider: [], narrower: [] });
        }
      }),
      runs,
    );
    expect(compared["found by both"]).toBeGreaterThan(compared["rows compared"] / 100);
    noted(compared);
  },
  timeFor(400_000),
);

/** Every row condition, and that of reading one field in clear. */
function conditionsOf(decisions: Decisions): Condition[] {
  return [
    ...ACTIONS.map((action) => decisions.rows(action, THING)),
    decisions.rowsWhere("CLEAR", fieldIn(typeIn(THINGS, THING), "open")),
  ];
}

/** The same questions to CASL. */
function abilitiesOf({ bound }: Decisions): ((row: object) => boolean)[] {
  const can = (action: string, row: object, field?: string): boolean => {
    const subject = { ...row, __typename: THING };
    // Without a field is not the same as with an undefined one.
    return field === undefined
      ? bound.ability.can(action, subject)
      : bound.ability.can(action, subject, field);
  };
  return [
    ...ACTIONS.map((action) => (row: object) => can(action, row)),
    (row) => can("CLEAR", row, "open"),
  ];
}

/** Rows on which each condition is true; one that is neither true nor false fails. */
async function foundInSql(conditions: readonly Condition[]): Promise<number[][]> {
  const parameters = new SqlParameters();
  const columnOf = (attribute: string) => ({ sql: `g.${attribute}`, kind: kindOf(attribute) });
  const tests = conditions.map((one) => conditionToSql(one, { columnOf, parameters }));
  const { rows: found } = await client.query<{ held: (boolean | null)[] }>(
    `select array[${tests.map((sql) => `(${sql})::boolean`).join(", ")}] held from generated g order by n`,
    parameters.values,
  );
  return tests.map((_, at) => found.flatMap(({ held }, n) => (held[at] === true ? [n] : [])));
}

function kindOf(attribute: string): SqlKind {
  return GENERATED_ATTRIBUTES[attribute as keyof typeof GENERATED_ATTRIBUTES];
}

function rowsWhere(holds: (row: (typeof rows)[number]) => boolean): number[] {
  return rows.flatMap((row, n) => (holds(row) ? [n] : []));
}
