import { Ability, type RawRuleOf } from "@casl/ability";
import type { Catalog } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { Caller } from "../identity/caller.ts";
import { bindRule } from "./bind-rule.ts";
import { callerAttributes } from "./caller-attributes.ts";
import type { AttributeValues, Condition } from "./condition.ts";
import { type EachItem, itemsOf } from "./for-each.ts";
import { isJointCap, withJointCaps } from "./joint-caps.ts";
import { compilePredicate } from "./matches.ts";
import { isStopRule, type Policy, type PolicyRule, type Refusal, STAGES } from "./rule.ts";
import type { Scope } from "./template.ts";

/** A row as abilities see it: plain data that names its type. */
export type Subject = AttributeValues & { readonly __typename: string };

/**
 * Actions of our abilities: the disclosure levels, `see` (the row), `know` (the row or its
 * tombstone), `count` (the row as one of many), `group` (a field of counted rows) and the verbs.
 */
export type Action = string;

/** A CASL ability over plain rows and our own closed conditions. */
export type PolicyAbility = Ability<[Action, string | Subject], Condition>;

/** A CASL rule with what we keep beside it. */
export type AbilityRule = RawRuleOf<PolicyAbility> & {
  readonly id: string;
  readonly level?: Disclosure;
  readonly origin: PolicyRule;
  /** What it was bound for, where the rule is bound once for each of something. */
  readonly each?: EachItem;
};

/** An ability with the rules it was made from, in the order in which CASL reads them. */
export interface BoundPolicy {
  readonly policy: Policy;
  readonly catalog: Catalog;
  readonly ability: PolicyAbility;
  readonly rules: readonly AbilityRule[];
  /** Who it was made for, when, and what their rules' references stand for. */
  readonly caller: Caller;
  readonly now: Date;
  readonly scope: Scope;
  /** Of which rules can be bound once each. */
  readonly items: readonly EachItem[];
  /** What refuses everything that this caller asks for; null where nothing does. */
  readonly refusal: Refusal | null;
}

/**
 * Builds the ability of one caller, purpose and time. Rules whose caller condition fails are left
 * out; a rule that names an attribute the caller lacks is dropped if it grants, and holds for as
 * many rows as it could if it stops. Stops come after all grants, the earliest stage last, because
 * in CASL the last matching rule wins.
 *
 * @param now time of the request; the same for everything the request asks
 */
export function abilityFor({
  policy,
  catalog,
  caller,
  now,
}: {
  policy: Policy;
  catalog: Catalog;
  caller: Caller;
  now: Date;
}): BoundPolicy {
  const attributes = callerAttributes({ policy, caller, now });
  const scope: Scope = {
    ...Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`caller.${name}`, value]),
    ),
    purpose: caller.purpose,
    now,
  };
  const items = itemsOf(caller, now);
  const circumstances = { catalog, attributes, scope, items };
  const ordered = inPriorityOrder(policy.rules);
  const single = ordered
    .filter((rule) => !isJointCap(rule))
    .flatMap((rule) => bindRule(rule, circumstances));
  const rules = withJointCaps(single, ordered.filter(isJointCap));
  const ability: PolicyAbility = new Ability(rules as RawRuleOf<PolicyAbility>[], {
    conditionsMatcher: (condition: Condition) => compilePredicate(condition),
    fieldMatcher: (fields) => {
      const names = new Set<string>(fields);
      return (field) => names.has(field);
    },
    detectSubjectType: (subject) => subject.__typename,
  });
  const refusal = rules.map(({ origin }) => origin).findLast((rule) => rule.kind === "refusal");
  return { policy, catalog, ability, rules, caller, now, scope, items, refusal: refusal ?? null };
}

/** Grants first, then stops with the earliest stage last; ties by id, so that file order is nothing. */
export function inPriorityOrder(rules: readonly PolicyRule[]): PolicyRule[] {
  return [...rules].sort((a, b) => priorityOf(a) - priorityOf(b) || (a.id < b.id ? -1 : 1));
}

/** What refuses a whole request comes before all that is about rows and fields. */
function priorityOf(rule: PolicyRule): number {
  if (!isStopRule(rule)) return 0;
  return (rule.kind === "refusal" ? 2 : 1) * STAGES.length - STAGES.indexOf(rule.stage);
}
