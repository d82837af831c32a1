import type { Catalog } from "../classification/catalog.ts";
import type { Condition } from "../policy/condition.ts";
import { type CountRequest, scopeOf } from "./read-statements.ts";
import type { Statement } from "./run-statement.ts";
import { conditionToSql } from "./sql-condition.ts";
import { combine, FALSE, negate, TRUE } from "./sql-logic.ts";

/** Conditions of which each is counted, in one look at the rows. */
export interface ConditionCounting {
  readonly conditions: readonly Condition[];
  /** Rows among which all of the counted ones are; the others need not be looked at. */
  readonly among: Condition;
  /** A count below this is not told; it never leaves the database. */
  readonly floor: number;
  /** What is told is rounded down to a multiple of this. */
  readonly step: number;
}

/** Of one statement; PostgreSQL takes 1664 columns, and plans long lists slowly. */
const MOST_CONDITIONS = 400;
/** Different tests of one statement; the rows are put into groups by how these turn out. */
export const MOST_TESTS = 200;

/** The conditions in lists that one statement can count; none may have more tests than it takes. */
export function batchesOf(conditions: readonly Condition[]): Condition[][] {
  const batches: Condition[][] = [];
  let tests = new Set<string>();
  for (const condition of conditions) {
    const all = new Set([...tests, ...testsOf(condition).keys()]);
    const batch = batches.at(-1);
    if (batch === undefined || batch.length === MOST_CONDITIONS || all.size > MOST_TESTS) {
      batches.push([condition]);
      tests = new Set(testsOf(condition).keys());
    } else {
      batch.push(condition);
      tests = all;
    }
  }
  return batches;
}

/**
 * How many rows fulfil each condition; null where there are fewer than are told. Conditions of one
 * policy are made of the same few tests, so the rows are first counted by how the tests turn out,
 * and the conditions are asked of those groups: a hundred conditions cost little more than one.
 */
export function countConditions(
  catalog: Catalog,
  request: CountRequest,
  { conditions, among, floor, step }: ConditionCounting,
): Statement {
  const { source, parameters, visible } = scopeOf(catalog, request);
  const context = { columnOf: source.columnOf, parameters };
  const tests = new Map(conditions.flatMap((condition) => [...testsOf(condition)]));
  const names = new Map([...tests.keys()].map((key, at) => [key, `t${at}`]));
  const where = combine("all", [visible, conditionToSql(among, context)]);
  const outcomes = [...tests].map(
    ([key, test]) => `coalesce(${conditionToSql(test, context)}, false) as ${names.get(key)}`,
  );
  const groups = ["count(*) as n", ...outcomes].join(", ");
  const by = outcomes.map((_, at) => at + 2).join(", ");
  const least = parameters.add(floor, "bigint");
  const steps = parameters.add(step, "bigint");
  const columns = conditions.map((condition) => {
    const count = `coalesce(sum(n) filter (where ${onOutcomes(condition, names)}), 0)::bigint`;
    return `case when ${count} >= ${least} then (${count} / ${steps} * ${steps})::integer end`;
  });
  const grouped = `select ${groups} from ${source.from} where ${where}${by === "" ? "" : ` group by ${by}`}`;
  return {
    text: `select ${columns.join(", ")} from (${grouped}) g`,
    values: parameters.values,
    // Every pair of policies makes texts of its own, and a server keeps only so many prepared.
    isOneOff: true,
  };
}

/** How many different tests a condition has. */
export function countTests(condition: Condition): number {
  return testsOf(condition).size;
}

function testsOf(
  condition: Condition,
  into = new Map<string, Condition>(),
): Map<string, Condition> {
  switch (condition.kind) {
    case "always":
      return into;
    case "all":
    case "any":
      for (const part of condition.of) testsOf(part, into);
      return into;
    case "not":
      return testsOf(condition.of, into);
    default:
      return into.set(JSON.stringify(condition), condition);
  }
}

/** The condition over the columns in which its tests stand, which are true or false and never null. */
function onOutcomes(condition: Condition, names: ReadonlyMap<string, string>): string {
  switch (condition.kind) {
    case "always":
      return condition.value ? TRUE : FALSE;
    case "all":
    case "any":
      return combine(
        condition.kind,
        condition.of.map((part) => onOutcomes(part, names)),
      );
    case "not":
      return negate(onOutcomes(condition.of, names));
    default:
      return names.get(JSON.stringify(condition)) ?? FALSE;
  }
}
