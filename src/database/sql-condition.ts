import type { Condition } from "../policy/condition.ts";
import { equals, isAnyOf, isOrdered, overlaps } from "./sql-comparison.ts";
import type { SqlColumn } from "./sql-kind.ts";
import { combine, FALSE, leaf, negate, TRUE } from "./sql-logic.ts";
import type { SqlParameters } from "./sql-parameters.ts";

/** What a condition is translated with. */
export interface ConditionContext {
  /** The column of an attribute; throws for an unknown one, which is a mistake of ours. */
  readonly columnOf: (attribute: string) => SqlColumn;
  readonly parameters: SqlParameters;
}

/**
 * Translates a condition into a predicate that is true for exactly the rows for which
 * `compilePredicate` says so, neither wider nor narrower. `isNegated` tells that the predicate
 * will stand below a `not`.
 */
export function conditionToSql(
  condition: Condition,
  context: ConditionContext,
  isNegated = false,
): string {
  switch (condition.kind) {
    case "always":
      return condition.value ? TRUE : FALSE;
    case "all":
    case "any":
      return combine(
        condition.kind,
        condition.of.map((part) => conditionToSql(part, context, isNegated)),
      );
    case "not":
      return negate(conditionToSql(condition.of, context, true));
    case "exists":
      return `${context.columnOf(condition.attribute).sql} is not null`;
    default:
      return leaf(comparison(condition, context), isNegated);
  }
}

type Comparing = Extract<Condition, { kind: "compare" | "in" | "includes" | "overlaps" }>;

function comparison(condition: Comparing, { columnOf, parameters }: ConditionContext): string {
  const column = columnOf(condition.attribute);
  switch (condition.kind) {
    case "in":
      return isAnyOf({ column, values: condition.values, parameters });
    case "includes":
      return overlaps({ column, values: [condition.value], parameters });
    case "overlaps":
      return overlaps({ column, values: condition.values, parameters });
    case "compare":
      return condition.operator === "eq"
        ? equals({ column, value: condition.value, parameters })
        : isOrdered(condition.operator, { column, value: condition.value, parameters });
  }
}
