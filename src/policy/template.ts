import {
  ALWAYS,
  allOf,
  anyOf,
  type AttributeValues,
  type Comparison,
  type Condition,
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
 * @throws UnboundReference when a reference has no value for this caller.
 */
export function bind(template: ConditionTemplate, scope: Scope): Condition {
  switch (template.kind) {
    case "always":
    case "exists":
      return template;
    case "all":
      return allOf(template.of.map((part) => bind(part, scope)));
    case "any":
      return anyOf(template.of.map((part) => bind(part, scope)));
    case "not":
      return not(bind(template.of, scope));
    case "compare":
    case "includes":
      return { ...template, value: scalarFrom(template.value, scope) };
    case "in":
    case "overlaps":
      return { ...template, values: listFrom(template.values, scope) };
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
