import { isJointCap, type JointCap } from "./joint-caps.ts";
import { isStopRule, type PolicyRule, STAGES } from "./rule.ts";

/** The rules of a policy in the order in which they are bound. */
export interface OrderedRules {
  readonly all: readonly PolicyRule[];
  /** Rules that decide each field for itself. */
  readonly single: readonly PolicyRule[];
  /** Rules about what fields tell together. */
  readonly joint: readonly JointCap[];
}

/** Orders so far; a policy that is no longer served takes its own with it. */
const orders = new WeakMap<readonly PolicyRule[], OrderedRules>();

/** Grants first, then stops with the earliest stage last; ties by id, so that file order is nothing. */
export function inPriorityOrder(rules: readonly PolicyRule[]): OrderedRules {
  let ordered = orders.get(rules);
  if (ordered === undefined) {
    const all = rules.toSorted((a, b) => priorityOf(a) - priorityOf(b) || (a.id < b.id ? -1 : 1));
    const single = all.filter((rule) => !isJointCap(rule));
    orders.set(rules, (ordered = { all, single, joint: all.filter(isJointCap) }));
  }
  return ordered;
}

/** What refuses a whole request comes before all that is about rows and fields. */
function priorityOf(rule: PolicyRule): number {
  if (!isStopRule(rule)) return 0;
  return (rule.kind === "refusal" ? 2 : 1) * STAGES.length - STAGES.indexOf(rule.stage);
}
