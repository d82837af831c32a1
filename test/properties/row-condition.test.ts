import fc from "fast-check";
import pg from "pg";
import { conditionToSql } from "../../src/database/sql-condition.ts";
import type { SqlKind } from "../../src/database/sql-kind.ts";
import { SqlParameters } from "../../src/database/sql-parameters.ts";
import type { Condition } from "../../src/policy/condition.ts";
import { compilePredicate } from "../../src/policy/matches.ts";
import {
  GENERATED_ATTRIBUTES,
  generatedCondition,
  generatedRow,
} from "../support/generated-conditions.ts";
import { propertyRuns } from "../support/runs.ts";
import { testServerUrl } from "../support/test-server.ts";

const ROWS = 300;
const seed = Date.now() % 2 ** 31;
// The rows come of the same seed as the conditions, so that a failure can be played again.
const rows = fc.sample(generatedRow, { seed, numRuns: ROWS });

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

test("a row condition finds in SQL exactly the rows that it matches in memory", async () => {
  await fc.assert(
    fc.asyncProperty(generatedCondition, async (condition) => {
      expect(await foundInSql(condition)).toEqual(matchedInMemory(condition));
    }),
    { seed, numRuns: propertyRuns(1000) },
  );
}, 60_000);

async function foundInSql(condition: Condition): Promise<number[]> {
  const parameters = new SqlParameters();
  const columnOf = (attribute: string) => ({ sql: `g.${attribute}`, kind: kindOf(attribute) });
  const where = conditionToSql(condition, { columnOf, parameters });
  const found = await client.query<{ n: number }>(
    `select n from generated g where ${where} order by n`,
    parameters.values,
  );
  return found.rows.map(({ n }) => n);
}

function kindOf(attribute: string): SqlKind {
  return GENERATED_ATTRIBUTES[attribute as keyof typeof GENERATED_ATTRIBUTES];
}

function matchedInMemory(condition: Condition): number[] {
  const isMatched = compilePredicate(condition);
  return rows.flatMap((row, n) => (isMatched(row) ? [n] : []));
}
