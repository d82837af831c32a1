import type { FieldDefinition } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { AbilityRule, BoundPolicy, Subject } from "./ability.ts";
import { ALWAYS, attributesOf, type Condition, type Scalar } from "./condition.ts";
import { compilePredicate, isLoaded } from "./matches.ts";
import { type Verdict, verdictFor } from "./verdict.ts";

/** One rule that spoke about a field, and what came of it. */
export interface ConsideredRule {
  readonly id: string;
  /** `grant` raises to the level, `stop` caps at it. */
  readonly effect: "grant" | "stop";
  readonly level: Disclosure;
  readonly about: string;
  /** Place in the documents, `file:line`. */
  readonly place: string;
  /** The condition on the row in words. */
  readonly condition: string;
  /** Whether it holds for the row; null where an attribute was not loaded. */
  readonly holds: boolean | null;
  readonly decided: boolean;
}

/** Verdict and everything that was considered for it, the highest priority first. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly rules: readonly ConsideredRule[];
}

/** Explains the verdict on one field of a loaded row, from the same rules that decide it. */
export function explainField(
  bound: BoundPolicy,
  row: Subject,
  field: FieldDefinition,
): Explanation {
  const verdict = verdictFor(bound, row, field);
  const rules = bound.rules
    .filter((rule) => rule.level !== undefined && rule.subject === field.type)
    .filter((rule) => rule.fields?.includes(field.name))
    .toReversed()
    .map((rule) => considered({ rule, row, verdict }));
  return { verdict, rules };
}

function considered({
  rule,
  row,
  verdict,
}: {
  rule: AbilityRule;
  row: Subject;
  verdict: Verdict;
}): ConsideredRule {
  const condition = (rule.conditions as Condition | undefined) ?? ALWAYS;
  const isComplete = isLoaded(row, [...attributesOf(condition)]);
  return {
    id: rule.id,
    effect: rule.inverted ? "stop" : "grant",
    level: rule.level ?? "NONE",
    about: rule.origin.about,
    place: `${rule.origin.file}:${rule.origin.line}`,
    condition: describeCondition(condition),
    holds: isComplete ? compilePredicate(condition)(row) : null,
    decided: rule.id === verdict.rule,
  };
}

/** A condition in words, as it is bound to the caller. */
export function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case "always":
      return condition.value ? "always" : "never";
    case "all":
      return condition.of.map(inBrackets).join(" and ");
    case "any":
      return condition.of.map(inBrackets).join(" or ");
    case "not":
      return `not ${inBrackets(condition.of)}`;
    case "compare":
      return `${condition.attribute} ${SIGNS[condition.operator]} ${textOf(condition.value)}`;
    case "in":
      return `${condition.attribute} is one of ${condition.values.map(textOf).join(", ")}`;
    case "exists":
      return `${condition.attribute} has a value`;
    case "includes":
      return `${condition.attribute} includes ${textOf(condition.value)}`;
    case "overlaps":
      return `${condition.attribute} includes any of ${condition.values.map(textOf).join(", ")}`;
  }
}

const SIGNS = { eq: "is", lt: "<", lte: "<=", gt: ">", gte: ">=" } as const;

function inBrackets(condition: Condition): string {
  const isGroup = condition.kind === "all" || condition.kind === "any";
  return isGroup ? `(${describeCondition(condition)})` : describeCondition(condition);
}

function textOf(value: Scalar): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
