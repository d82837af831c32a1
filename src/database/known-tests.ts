import type { Condition, Scalar } from "../policy/condition.ts";
import type { Filter } from "./read-request.ts";
import type { ORDER_OPERATORS } from "./sql-comparison.ts";

/** What is known of every row that is sought: a field or attribute has a value, or lies on one side of it. */
export interface KnownTest {
  readonly name: string;
  /** `has`: is it, or has it among its items. */
  readonly operator: "has" | keyof typeof ORDER_OPERATORS;
  readonly value: Scalar;
}

/** Tests that must all hold of a row that a condition and a filter let through; others may hold besides. */
export function knownTests(visible: Condition, filter: Filter | null): KnownTest[] {
  return [...ofCondition(visible), ...(filter === null ? [] : ofFilter(filter))];
}

function ofCondition(condition: Condition): KnownTest[] {
  switch (condition.kind) {
    case "all":
      return condition.of.flatMap(ofCondition);
    case "any":
      return inEach(condition.of.map(ofCondition));
    case "compare": {
      const { attribute: name, operator, value } = condition;
      return [{ name, operator: operator === "eq" ? "has" : operator, value }];
    }
    case "includes":
      return [{ name: condition.attribute, operator: "has", value: condition.value }];
    case "in":
    case "overlaps":
      return has(condition.attribute, condition.values);
    default:
      return [];
  }
}

function ofFilter(filter: Filter): KnownTest[] {
  if (filter.kind === "all") return filter.of.flatMap(ofFilter);
  if (filter.kind === "rows") return ofCondition(filter.condition);
  if (filter.kind !== "test") return [];
  const { name } = filter.field;
  const values = [filter.value].flat() as Scalar[];
  switch (filter.operator) {
    case "eq":
    case "in":
    case "includes":
    case "overlaps":
      return has(name, values);
    case "lt":
    case "lte":
    case "gt":
    case "gte":
      return values.map((value) => ({ name, operator: filter.operator as "lt", value }));
    default:
      return [];
  }
}

/** What holds whichever of several holds. */
function inEach([first = [], ...others]: readonly KnownTest[][]): KnownTest[] {
  return first.filter(({ name, operator, value }) =>
    others.every((tests) =>
      tests.some((one) => one.name === name && one.operator === operator && one.value === value),
    ),
  );
}

/** One of several values is nothing that is known of each row. */
function has(name: string, values: readonly Scalar[]): KnownTest[] {
  const [value] = values;
  return value === undefined || values.length > 1 ? [] : [{ name, operator: "has", value }];
}
