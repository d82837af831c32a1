import { rulesToCondition } from "@casl/ability/extra";
import type { FieldDefinition } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { PolicyAbility } from "./ability.ts";
import { ALWAYS, allOf, anyOf, type Condition, NEVER, not } from "./condition.ts";
import type { Verb } from "./rule.ts";

/** Actions that are about rows. */
export type RowAction = "see" | "know" | "count" | "ask";

/**
 * The rules of "may see this row" as one condition. `see` is what lists hold; `know` also covers
 * the tombstones of destroyed rows, to tell GONE from NOT_FOUND; `count` what may be counted
 * without being seen, `ask` what questions about other callers may be about. No rule at all means no
 * row.
 */
export function rowCondition(ability: PolicyAbility, action: RowAction, type: string): Condition {
  return conditionOf(ability.rulesFor(action, type));
}

/**
 * Rows on which a field may be read at a level or above, be what rows are grouped by, or have
 * a verb given on it.
 */
export function fieldCondition(
  ability: PolicyAbility,
  action: Disclosure | "group" | Verb,
  { type, name }: FieldDefinition,
): Condition {
  return conditionOf(ability.rulesFor(action, type, name));
}

function conditionOf(rules: ReturnType<PolicyAbility["rulesFor"]>): Condition {
  const condition = rulesToCondition(
    rules,
    (rule): Condition => {
      const matched = rule.conditions ?? ALWAYS;
      return rule.inverted ? not(matched) : matched;
    },
    { and: allOf, or: anyOf, empty: () => ALWAYS },
  );
  return condition ?? NEVER;
}
