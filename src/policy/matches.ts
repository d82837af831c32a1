import { compareCodePoints } from "../lib/code-point-order.ts";
import type { AttributeValues, Comparison, Condition, Scalar } from "./condition.ts";

/** A value as JavaScript's `===` and `typeof` can compare it. */
type Comparable = Exclude<Scalar, Date> | bigint;

/** Tells whether a row (or caller) fulfils a condition. */
export type Predicate = (values: AttributeValues) => boolean;

/** Predicates so far; a condition that nobody holds any more takes its own with it. */
const compiled = new WeakMap<Condition, Predicate>();

/** The predicate of a condition, made when it is first asked for. */
export function predicateOf(condition: Condition): Predicate {
  let predicate = compiled.get(condition);
  if (predicate === undefined) compiled.set(condition, (predicate = compilePredicate(condition)));
  return predicate;
}

/**
 * Compiles a condition into a synchronous predicate. It reads attributes as they are: the caller
 * makes sure that all of them were loaded (`isLoaded`).
 */
export function compilePredicate(condition: Condition): Predicate {
  switch (condition.kind) {
    case "always":
      return condition.value ? () => true : () => false;
    case "all":
      return untilOne(condition.of.map(compilePredicate), false);
    case "any":
      return untilOne(condition.of.map(compilePredicate), true);
    case "not": {
      const part = compilePredicate(condition.of);
      return (values) => !part(values);
    }
    case "compare":
      return comparing(condition.attribute, condition.operator, condition.value);
    case "in":
      return among(condition.attribute, condition.values);
    case "exists": {
      const { attribute } = condition;
      return (values) => values[attribute] != null;
    }
    case "includes":
      return overlapping(condition.attribute, [condition.value]);
    case "overlaps":
      return overlapping(condition.attribute, condition.values);
  }
}

/** Asks one part after the other, until one gives this result. */
function untilOne(parts: readonly Predicate[], result: boolean): Predicate {
  const [first, second, ...more] = parts;
  if (first === undefined) return () => !result;
  if (second === undefined) return first;
  // Nearly all have two or three parts, and asking a loop for them costs more than they do.
  if (more.length === 0)
    return result
      ? (values) => first(values) || second(values)
      : (values) => first(values) && second(values);
  return (values) => {
    for (const part of parts) if (part(values) === result) return result;
    return !result;
  };
}

/** True when every attribute is present on the row, be it null; `undefined` means not loaded. */
export function isLoaded(values: AttributeValues, attributes: readonly string[]): boolean {
  for (const attribute of attributes) if (values[attribute] === undefined) return false;
  return true;
}

function comparing(attribute: string, operator: Comparison, value: Scalar): Predicate {
  const wanted = comparable(value);
  if (operator === "eq") {
    // Nothing but a point in time has to be made comparable first.
    return typeof wanted === "bigint"
      ? (values) => comparable(values[attribute] as Scalar) === wanted
      : (values) => values[attribute] === wanted;
  }
  return (values) => {
    const found = comparable(values[attribute] as Scalar);
    if (typeof found !== typeof wanted) return false;
    const order = compare(found, wanted);
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

function among(attribute: string, wanted: readonly Scalar[]): Predicate {
  const set = new Set(wanted.map(comparable));
  return wanted.some((value) => value instanceof Date)
    ? (values) => set.has(comparable(values[attribute] as Scalar))
    : (values) => set.has(values[attribute] as Comparable);
}

/** Text by code point, as the database orders it; NaN, of which no comparison is true, beside NaN. */
function compare(one: Comparable, other: Comparable): number {
  if (typeof one === "string") return compareCodePoints(one, other as string);
  return one === other ? 0 : Number(one) - Number(other);
}

function overlapping(attribute: string, wanted: readonly Scalar[]): Predicate {
  const set = new Set(wanted.map(comparable));
  const [only] = set;
  if (set.size === 1 && typeof only !== "bigint") {
    return (values) => {
      const list = values[attribute];
      return Array.isArray(list) && list.includes(only);
    };
  }
  return (values) => {
    const list = values[attribute];
    if (!Array.isArray(list)) return false;
    for (const item of list) if (set.has(comparable(item as Scalar))) return true;
    return false;
  };
}

/** Points in time compare with one another only, so they are not mere numbers. */
function comparable(value: Scalar): Comparable {
  // Asked of every value of every row; most are no objects, which is quickly seen.
  return typeof value === "object" && value instanceof Date ? BigInt(value.getTime()) : value;
}
