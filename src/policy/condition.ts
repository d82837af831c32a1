/**
 * The closed language in which rules speak about a row or a caller.
 *
 * Its meaning is two-valued, in memory and in SQL alike: a comparison with a missing value is
 * false, `ne` is the negation of `eq`, and an empty list of values matches nothing. An attribute
 * that was not loaded is not a missing value: it is an error, and the rule that needs it denies
 * (decision 0002).
 */
export type Condition =
  | { readonly kind: "always"; readonly value: boolean }
  | { readonly kind: "all"; readonly of: readonly Condition[] }
  | { readonly kind: "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | {
      readonly kind: "compare";
      readonly attribute: string;
      readonly operator: Comparison;
      readonly value: Scalar;
    }
  | { readonly kind: "in"; readonly attribute: string; readonly values: readonly Scalar[] }
  | { readonly kind: "exists"; readonly attribute: string }
  | { readonly kind: "includes"; readonly attribute: string; readonly value: Scalar }
  | { readonly kind: "overlaps"; readonly attribute: string; readonly values: readonly Scalar[] };

/** `lt` and the like hold only between two values of the same type. */
export type Comparison = "eq" | "lt" | "lte" | "gt" | "gte";

/** A value in a condition. Dates are compared as points in time. */
export type Scalar = string | number | boolean | Date;

/** A row or caller as conditions see it: attribute name to value, null where there is none. */
export type AttributeValues = Readonly<Record<string, unknown>>;

/** Matches everything. */
export const ALWAYS: Condition = { kind: "always", value: true };

/** Matches nothing. */
export const NEVER: Condition = { kind: "always", value: false };

/** All of the conditions, simplified; none of them at all is always true. */
export function allOf(conditions: readonly Condition[]): Condition {
  const open = conditions.filter((condition) => !isConstant(condition, true));
  if (open.some((condition) => isConstant(condition, false))) return NEVER;
  if (open.length === 0) return ALWAYS;
  return open.length === 1 ? (open[0] as Condition) : { kind: "all", of: open };
}

/** Any of the conditions, simplified; none of them at all is never true. */
export function anyOf(conditions: readonly Condition[]): Condition {
  const open = conditions.filter((condition) => !isConstant(condition, false));
  if (open.some((condition) => isConstant(condition, true))) return ALWAYS;
  if (open.length === 0) return NEVER;
  return open.length === 1 ? (open[0] as Condition) : { kind: "any", of: open };
}

/** The opposite of a condition, simplified. */
export function not(condition: Condition): Condition {
  if (condition.kind === "always") return condition.value ? NEVER : ALWAYS;
  return condition.kind === "not" ? condition.of : { kind: "not", of: condition };
}

/** True for the condition that always has this value. */
export function isConstant(condition: Condition, value: boolean): boolean {
  return condition.kind === "always" && condition.value === value;
}

/** Names of the attributes that a condition reads. */
export function attributesOf(condition: Condition, into = new Set<string>()): Set<string> {
  switch (condition.kind) {
    case "always":
      break;
    case "all":
    case "any":
      for (const part of condition.of) attributesOf(part, into);
      break;
    case "not":
      attributesOf(condition.of, into);
      break;
    default:
      into.add(condition.attribute);
  }
  return into;
}
