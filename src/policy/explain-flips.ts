import type { FieldDefinition } from "../classification/catalog.ts";
import type { Caller, CallerElevation } from "../identity/caller.ts";
import type { BoundPolicy, Subject } from "./ability.ts";
import { isSelected } from "./bind-stop.ts";
import { callerAttributes } from "./caller-attributes.ts";
import type { AttributeValues, Condition, Scalar } from "./condition.ts";
import { comparisonsOf } from "./explain-clauses.ts";
import { scopeFor } from "./for-each.ts";
import { compilePredicate } from "./matches.ts";
import type { PolicyRule } from "./rule.ts";
import { orNever } from "./template.ts";

/** One attribute with another value, and what that would mean to people. */
export interface Change {
  readonly of: "CALLER" | "ROW";
  readonly attribute: string;
  readonly value: unknown;
  readonly text: string;
}

/** Words for a changed attribute, made from what a rule compares it with; null where nobody can bring it about. */
type Words = (wanted: string) => string | null;

/**
 * What somebody can bring about for a caller. What is not here, such as another role or
 * organisation, makes another caller.
 */
const CALLER_CHANGES: Readonly<Record<string, Words>> = {
  mfa: () => "a second factor",
  trainingValidUntil: () => "a valid training",
  clearance: (classification) => `clearance for ${classification} fields`,
  withinWorkingHours: () => "a time within the caller's working hours",
  scopes: (scope) => `the scope ${scope}`,
  fieldCeiling: () => "a token without a ceiling",
};

/**
 * What somebody can bring about for a row. What is not here, such as its controller or the
 * customer's age, makes another row.
 */
const ROW_CHANGES: Readonly<Record<string, Words>> = {
  assignedAgentIds: () => "an assigned case",
  minorApprovedIds: () => "an approval that names the caller",
  guardianConsent: () => "a guardian's consent",
  originalPurposes: (purpose) =>
    purpose === "" ? null : `${purpose} agreed with the customer anew`,
  basisPurposes: (purpose) => `a legal basis for ${purpose}`,
  marketingAllowed: () => "no objection to marketing",
  rightsRequestOpen: (is) => (is === "true" ? "an open rights request" : "no open rights request"),
  disputeOpen: (is) => (is === "true" ? "an open dispute" : "no open dispute"),
  caseCodes: () => "a case of the caller that names the customer",
  inTransfer: (is) =>
    is === "true" ? "the customer in a transfer" : "the customer in no transfer",
};

/** Changes that would turn a clause of some rule about the field, or about its row. */
export function changesFor({
  bound,
  row,
  field,
  changesRow,
}: {
  bound: BoundPolicy;
  row: Subject;
  field: FieldDefinition;
  changesRow: boolean;
}): Change[] {
  const { policy, scope } = bound;
  const caller = callerAttributes(bound);
  const rules = policy.rules.filter((rule) => concerns(rule, field));
  const changes = rules.flatMap((rule) => [
    ...turned("CALLER", comparisonsOf(rule.caller, scope), caller),
    ...(changesRow ? turned("ROW", rowComparisons(rule, bound), row) : []),
    ...(changesRow ? crossing(rule, row, bound.caller) : []),
    ...itemised({ rule, field, bound, row }),
  ]);
  return [...new Map(changes.map((change) => [change.text, change])).values()];
}

/** What a rule asks of a row, for each thing that it is bound for. */
function rowComparisons(rule: PolicyRule, { scope, items }: BoundPolicy): Condition[] {
  const { forEach } = rule;
  if (forEach == null) return comparisonsOf(rule.when, scope);
  return items
    .filter(({ of }) => of === forEach.of)
    .flatMap((item) => comparisonsOf(rule.when, scopeFor(scope, item)));
}

/** The caller after the changes that are about the caller. */
export function changedCaller(caller: Caller, changes: readonly Change[]): Caller {
  const values = valuesOf(changes, "CALLER");
  // A second factor that is shown anew is a fresh one.
  return { ...caller, ...values, ...("mfa" in values && { authenticatedAt: null }) };
}

/** The row after the changes that are about the row. */
export function changedRow(row: Subject, changes: readonly Change[]): Subject {
  return { ...row, ...valuesOf(changes, "ROW") };
}

function valuesOf(changes: readonly Change[], of: Change["of"]): Record<string, unknown> {
  return Object.fromEntries(
    changes.filter((change) => change.of === of).map(({ attribute, value }) => [attribute, value]),
  );
}

function concerns(rule: PolicyRule, field: FieldDefinition): boolean {
  if (!rule.types.includes(field.type)) return false;
  if (rule.kind === "grant") return rule.levels.has(field.category);
  if (rule.kind === "refusal") return false;
  return rule.kind === "stop" ? isSelected(rule.fields, field) : rule.kind !== "verb";
}

/** How long a supposed elevation would run; any time within a request is long enough. */
const SUPPOSED_MS = 60_000;

/**
 * A grant for the fields of an elevation would hold with one for this field and customer, and one
 * for those of a case if the case listed the field. Which customer it is stays out of the words.
 */
function itemised({
  rule,
  field,
  bound: { caller, now, policy, scope, items },
  row,
}: {
  rule: PolicyRule;
  field: FieldDefinition;
  bound: BoundPolicy;
  row: Subject;
}): Change[] {
  if (rule.kind !== "grant" || rule.forEach == null || rule.onlyFields === null) return [];
  const { caller: template } = rule;
  if (!compilePredicate(orNever(template, scope))(callerAttributes({ policy, caller, now })))
    return [];
  if (rule.forEach.of === "running-elevation" && caller.purpose !== null) {
    const elevation: CallerElevation = {
      id: "",
      customerId: typeof row["id"] === "string" ? row["id"] : "",
      fields: [field.name],
      purpose: caller.purpose,
      from: now,
      until: new Date(now.getTime() + SUPPOSED_MS),
      reviewedAt: null,
    };
    const value = [...caller.elevations, elevation];
    return [{ of: "CALLER", attribute: "elevations", value, text: "an approved elevation" }];
  }
  const isListed = caller.disclosureCases.every(({ fields }) => fields.includes(field.name));
  if (isListed || !items.some(({ of }) => of === rule.forEach?.of)) return [];
  const value = caller.disclosureCases.map((one) => ({
    ...one,
    fields: [...one.fields, field.name],
  }));
  const text = "a case that lists the field";
  return [{ of: "CALLER", attribute: "disclosureCases", value, text }];
}

/** A stop at the border would be met by a mechanism for the row's law and controller. */
function crossing(rule: PolicyRule, row: Subject, caller: Caller): Change[] {
  const key = row["exportKey"];
  if (rule.kind !== "stop" || rule.stage !== "CROSS_BORDER") return [];
  if (typeof key !== "string" || caller.exportKeys.includes(key)) return [];
  const value = [...caller.exportKeys, key];
  return [{ of: "CALLER", attribute: "exportKeys", value, text: "a mechanism for the border" }];
}

function turned(
  of: Change["of"],
  comparisons: readonly Condition[],
  values: AttributeValues,
): Change[] {
  const words = of === "CALLER" ? CALLER_CHANGES : ROW_CHANGES;
  return comparisons.flatMap((comparison): Change[] => {
    if (!("attribute" in comparison)) return [];
    const { attribute } = comparison;
    const inWords = Object.hasOwn(words, attribute) ? words[attribute] : undefined;
    if (inWords === undefined || values[attribute] === undefined) return [];
    const turn = turnOf(comparison, values);
    const text = turn === null ? null : inWords(turn.wanted);
    return turn === null || text === null ? [] : [{ of, attribute, value: turn.value, text }];
  });
}

/** The value that makes a comparison come out the other way; null where there is no simple one. */
function turnOf(
  comparison: Condition,
  values: AttributeValues,
): { readonly value: unknown; readonly wanted: string } | null {
  const holds = compilePredicate(comparison)(values);
  switch (comparison.kind) {
    case "compare":
      return compared(comparison, holds);
    case "in": {
      const [first] = comparison.values;
      return holds || first === undefined ? null : { value: first, wanted: String(first) };
    }
    case "includes":
      return holds ? null : added(values[comparison.attribute], [comparison.value]);
    case "overlaps":
      return holds || comparison.values.length === 0
        ? null
        : added(values[comparison.attribute], comparison.values);
    case "exists":
      return holds ? { value: null, wanted: "" } : null;
    default:
      return null;
  }
}

function compared(
  { operator, value }: Condition & { kind: "compare" },
  holds: boolean,
): { readonly value: unknown; readonly wanted: string } | null {
  if (operator === "eq" && typeof value === "boolean") {
    const other = holds ? !value : value;
    return { value: other, wanted: String(other) };
  }
  const includesEqual = operator === "gte" || operator === "lte" || operator === "eq";
  return holds || !includesEqual ? null : { value, wanted: String(value) };
}

function added(
  list: unknown,
  wanted: readonly Scalar[],
): { readonly value: unknown; readonly wanted: string } {
  const kept: readonly unknown[] = Array.isArray(list) ? list : [];
  return { value: [...kept, ...wanted], wanted: wanted.join(", ") };
}
