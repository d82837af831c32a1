import type { Catalog } from "../classification/catalog.ts";
import type { AttributeValues } from "./condition.ts";
import type { EachItem } from "./for-each.ts";
import { compilePredicate, predicateOf } from "./matches.ts";
import { isStopRule, type PolicyRule } from "./rule.ts";
import {
  bindWidest,
  type ConditionTemplate,
  fixedCondition,
  orNever,
  type Scope,
} from "./template.ts";

/** Who asks, and when: everything that is put into the rules of a policy. */
export interface Circumstances {
  readonly catalog: Catalog;
  readonly attributes: AttributeValues;
  readonly scope: Scope;
  readonly items: readonly EachItem[];
}

/** Whether the caller's side of a rule holds. */
export function speaksTo(rule: PolicyRule, { scope, attributes }: Circumstances): boolean {
  const same = fixedCondition(rule.caller);
  // Nearly every rule asks for a role and a purpose by name, which is one test for all callers.
  if (same !== null) return predicateOf(same)(attributes);
  const bind = isStopRule(rule) ? bindWidest : orNever;
  return compilePredicate(bind(rule.caller, scope))(attributes);
}

/** Rules that may speak to callers with certain roles, by these roles. */
const candidates = new WeakMap<readonly PolicyRule[], Map<string, readonly PolicyRule[]>>();

/** Sets of roles that are remembered of one policy; people have one role, or a few. */
const MOST_ROLE_SETS = 1_000;

/**
 * The rules that speak to a caller, in the order in which they were given. Rules for other roles are
 * passed over at once, so that the length of a policy counts only as far as it is about the caller.
 */
export function rulesSpeakingTo(
  rules: readonly PolicyRule[],
  circumstances: Circumstances,
): PolicyRule[] {
  const { roles } = circumstances.attributes;
  const those = Array.isArray(roles) ? candidatesFor(rules, roles as readonly string[]) : rules;
  return those.filter((rule) => speaksTo(rule, circumstances));
}

function candidatesFor(
  rules: readonly PolicyRule[],
  roles: readonly string[],
): readonly PolicyRule[] {
  let byRoles = candidates.get(rules);
  if (byRoles === undefined) candidates.set(rules, (byRoles = new Map()));
  const key = JSON.stringify(roles);
  let those = byRoles.get(key);
  if (those === undefined) {
    if (byRoles.size >= MOST_ROLE_SETS) byRoles.clear();
    those = rules.filter(({ caller }) => !isForOthers(caller, roles));
    byRoles.set(key, those);
  }
  return those;
}

/** Whether a condition on the caller fails for want of a role, whatever else is in it. */
function isForOthers(template: ConditionTemplate, roles: readonly string[]): boolean {
  if (template.kind === "all") return template.of.some((part) => isForOthers(part, roles));
  if (template.kind !== "overlaps" || template.attribute !== "roles") return false;
  const { values } = template;
  return Array.isArray(values) && !values.some((role) => roles.includes(role as string));
}
