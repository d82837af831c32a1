import { compareCodePoints } from "../lib/code-point-order.ts";
import type { AttributeValues, Comparison, Condition, Scalar } from "./condition.ts";

/** A value as JavaScript's `===` and `typeof` can compare it. */
type Comparable = Exclude<Scalar, Date> | bigint;

/** Tells whether a row (or caller) fulfils a condition. */
export type Predicate = (values: AttributeValues) => boolean;

/**
 * Compiles a condition into a synchronous predicate. It reads attributes as they are: the caller
 * makes sure that all of them were loaded (`isLoaded`).
 */
export function compilePredicate(condition: Condition): Predicate {
  switch (condition.kind) {
    case "always":
      return () => condition.value;
    case "all": {
      const parts = condition.of.map(compilePredicate);
      return (values) => parts.every((part) => part(values));
    }
    case "any": {
      const parts = condition.of.map(compilePredicate);
      return (values) => parts.some((part) => part(values));
    }
    case "not": {
      const part = compilePredicate(condition.of);
      return (values) => !part(values);
    }
    case "compare":
      return comparing(condition.attribute, condition.operator, comparable(condition.value));
    case "in": {
      const wanted = new Set(condition.values.map(comparable));
      return (values) => wanted.has(comparable(values[condition.attribute] as Scalar));
    }
    case "exists":
      return (values) => values[condition.attribute] != null;
    case "includes":
      return overlapping(condition.attribute, [condition.value]);
    case "overlaps":
      return overlapping(condition.attribute, condition.values);
  }
}

/** True when every attribute is present on the row, be it null; `undefined` means not loaded. */
export function isLoaded(values: AttributeValues, attributes: readonly string[]): boolean {
  for (const attribute of attributes) if (values[attribute] === undefined) return false;
  return true;
}

function comparing(attribute: string, operator: Comparison, wanted: Comparable): Predicate {
  if (operator === "eq") return (values) => comparable(values[attribute] as Scalar) === wanted;
  return (values) => {
    const value = comparable(values[attribute] as Scalar);
    if (typeof value !== typeof wanted) return false;
    const order = compare(value, wanted);
    switch (operator) {
      case "lt":
        return order < 0;
      case "lte":
        return order <= 0;
      case "gt":
        return order > 0;
      case "gte":
        return order >= 0;
    }
  };
}

/** Text by code point, as the database orders it; NaN, of which no comparison is true, beside NaN. */
function compare(one: Comparable, other: Comparable): number {
  if (typeof one === "string") return compareCodePoints(one, other as string);
  return one === other ? 0 : Number(one) - Number(other);
}

function overlapping(attribute: string, wanted: readonly Scalar[]): Predicate {
  const set = new Set(wanted.map(comparable));
  return (values) => {
    const list = values[attribute];
    return Array.isArray(list) && list.some((item) => set.has(comparable(item as Scalar)));
  };
}

/** Points in time compare with one another only, so they are not mere numbers. */
function comparable(value: Scalar): Comparable {
  // Asked of every value of every row; most are no objects, which is quickly seen.
  return typeof value === "object" && value instanceof Date ? BigInt(value.getTime()) : value;
}
