import {
  ALWAYS,
  allOf,
  anyOf,
  type AttributeValues,
  type Comparison,
  type Condition,
  NEVER,
  not,
  type Scalar,
} from "./condition.ts";

/** A value that is known only when there is a caller: `$caller.organisationId`, `$now`, `$purpose`. */
export interface Reference {
  readonly reference: string;
}

/** A condition as it is written, before a caller is known. */
export type ConditionTemplate =
  | { readonly kind: "always"; readonly value: boolean }
  | { readonly kind: "all" | "any"; readonly of: readonly ConditionTemplate[] }
  | { readonly kind: "not"; readonly of: ConditionTemplate }
  | {
      readonly kind: "compare";
      readonly attribute: string;
      readonly operator: Comparison;
      readonly value: Scalar | Reference;
    }
  | {
      readonly kind: "in" | "overlaps";
      readonly attribute: string;
      readonly values: readonly Scalar[] | Reference;
    }
  | { readonly kind: "exists"; readonly attribute: string }
  | { readonly kind: "includes"; readonly attribute: string; readonly value: Scalar | Reference };

/** What references are looked up in: `caller.<attribute>`, `purpose`, `now`. */
export type Scope = AttributeValues;

/** Thrown when a reference has no value; the rule that needs it must not be compiled (stack.md, trap 12). */
export class UnboundReference extends Error {
  override readonly name = "UnboundReference";
}

/** True for a reference. */
export function isReference(value: unknown): value is Reference {
  return typeof value === "object" && value !== null && "reference" in value;
}

/**
 * Puts the caller's values into a template.
 *
 * @throws UnboundReference when a reference has no value for this caller
 */
export function bind(template: ConditionTemplate, scope: Scope): Condition {
  return fixedCondition(template) ?? bindLeaves(template, (leaf) => bindLeaf(leaf, scope));
}

/** What templates come to that name nothing of a caller; null for the others. */
const fixed = new WeakMap<ConditionTemplate, Condition | null>();

/** The condition of a template that is the same for every caller; null where it has a reference. */
export function fixedCondition(template: ConditionTemplate): Condition | null {
  let condition = fixed.get(template);
  if (condition === undefined) {
    condition = hasReference(template) ? null : bindLeaves(template, (leaf) => bindLeaf(leaf, {}));
    fixed.set(template, condition);
  }
  return condition;
}

function hasReference(template: ConditionTemplate): boolean {
  switch (template.kind) {
    case "always":
    case "exists":
      return false;
    case "all":
    case "any":
      return template.of.some(hasReference);
    case "not":
      return hasReference(template.of);
    case "compare":
    case "includes":
      return isReference(template.value);
    case "in":
    case "overlaps":
      return isReference(template.values);
  }
}

/**
 * The same for a stop, which must not be lost with a caller's attribute: a test without a value
 * counts as whatever makes the stop hold for more rows.
 */
export function bindWidest(template: ConditionTemplate, scope: Scope): Condition {
  const same = fixedCondition(template);
  if (same !== null) return same;
  return bindLeaves(template, (leaf, isNegated) => {
    try {
      return bindLeaf(leaf, scope);
    } catch (error) {
      if (!(error instanceof UnboundReference)) throw error;
      return isNegated ? NEVER : ALWAYS;
    }
  });
}

/** The same for what gives: where a reference has no value, it holds for nothing. */
export function orNever(template: ConditionTemplate, scope: Scope): Condition {
  try {
    return bind(template, scope);
  } catch (error) {
    if (error instanceof UnboundReference) return NEVER;
    throw error;
  }
}

type Leaf = Exclude<ConditionTemplate, { kind: "all" | "any" | "not" }>;

function bindLeaves(
  template: ConditionTemplate,
  bindOne: (leaf: Leaf, isNegated: boolean) => Condition,
  isNegated = false,
): Condition {
  switch (template.kind) {
    case "all":
      return allOf(template.of.map((part) => bindLeaves(part, bindOne, isNegated)));
    case "any":
      return anyOf(template.of.map((part) => bindLeaves(part, bindOne, isNegated)));
    case "not":
      return not(bindLeaves(template.of, bindOne, !isNegated));
    default:
      return bindOne(template, isNegated);
  }
}

function bindLeaf(leaf: Leaf, scope: Scope): Condition {
  switch (leaf.kind) {
    case "always":
    case "exists":
      return leaf;
    case "compare":
    case "includes":
      return { ...leaf, value: scalarFrom(leaf.value, scope) };
    case "in":
    case "overlaps":
      return { ...leaf, values: listFrom(leaf.values, scope) };
  }
}

/** Value of a reference, or undefined where the caller has none. */
export function lookUp(reference: Reference, scope: Scope): unknown {
  return scope[reference.reference] ?? undefined;
}

/** The template that always holds, for rules that leave their condition out. */
export const ALWAYS_TEMPLATE: ConditionTemplate = ALWAYS as ConditionTemplate;

function scalarFrom(value: Scalar | Reference, scope: Scope): Scalar {
  if (!isReference(value)) return value;
  const found = lookUp(value, scope);
  if (!isScalar(found)) throw new UnboundReference(value.reference);
  return found;
}

function listFrom(values: readonly Scalar[] | Reference, scope: Scope): readonly Scalar[] {
  if (!isReference(values)) return values;
  const found = lookUp(values, scope);
  if (!Array.isArray(found) || !found.every(isScalar)) throw new UnboundReference(values.reference);
  return found;
}

function isScalar(value: unknown): value is Scalar {
  return ["string", "number", "boolean"].includes(typeof value) || value instanceof Date;
}
