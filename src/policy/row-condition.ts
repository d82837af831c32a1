import { rulesToCondition } from "@casl/ability/extra";
import type { PolicyAbility } from "./ability.ts";
import { ALWAYS, allOf, anyOf, type Condition, NEVER, not } from "./condition.ts";

/**
 * The rules of "may see this row" as one condition. `see` is what lists hold; `know` also covers
 * the tombstones of destroyed rows, to tell GONE from NOT_FOUND. No rule at all means no row.
 */
export function rowCondition(
  ability: PolicyAbility,
  action: "see" | "know",
  type: string,
): Condition {
  const condition = rulesToCondition(
    ability.rulesFor(action, type),
    (rule): Condition => {
      const matched = rule.conditions ?? ALWAYS;
      return rule.inverted ? not(matched) : matched;
    },
    { and: allOf, or: anyOf, empty: () => ALWAYS },
  );
  return condition ?? NEVER;
}
