import { Ability, type RawRuleOf } from "@casl/ability";
import type { Catalog } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { Caller } from "../identity/caller.ts";
import { bindRule, bindSpeaking } from "./bind-rule.ts";
import { callerAttributes } from "./caller-attributes.ts";
import type { AttributeValues, Condition } from "./condition.ts";
import { type EachItem, itemsOf } from "./for-each.ts";
import { withJointCaps } from "./joint-caps.ts";
import { predicateOf } from "./matches.ts";
import { inPriorityOrder } from "./priority.ts";
import type { Policy, PolicyRule, Refusal } from "./rule.ts";
import { type Circumstances, rulesSpeakingTo } from "./speaking.ts";
import type { Scope } from "./template.ts";

/** A row as abilities see it: plain data that names its type. */
export type Subject = AttributeValues & { readonly __typename: string };

/**
 * Actions of our abilities: the disclosure levels, `see` (the row), `know` (the row or its
 * tombstone), `count` (the row as one of many), `ask` (about the row, for others), `group` (a field of counted rows) and the verbs.
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

/** Under which policy, for whom and when something is decided. */
export interface Asked {
  readonly policy: Policy;
  readonly catalog: Catalog;
  readonly caller: Caller;
  /** Time of the request; the same for everything the request asks. */
  readonly now: Date;
}

/**
 * Builds the ability of one caller, purpose and time. Rules whose caller condition fails are left
 * out; a rule that names an attribute the caller lacks is dropped if it grants, and holds for as
 * many rows as it could if it stops. Stops come after all grants, the earliest stage last, because
 * in CASL the last matching rule wins.
 */
export function abilityFor(asked: Asked): BoundPolicy {
  const circumstances = circumstancesOf(asked);
  const speaking = speakingRules(asked.policy, circumstances);
  return bindAll({ asked, circumstances, speaking });
}

/** Everything of a caller and time that is put into the rules of a policy. */
export function circumstancesOf({ policy, catalog, caller, now }: Asked): Circumstances {
  const attributes = callerAttributes({ policy, caller, now });
  const scope: Scope = {
    ...Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`caller.${name}`, value]),
    ),
    purpose: caller.purpose,
    now,
  };
  return { catalog, attributes, scope, items: itemsOf(caller, now) };
}

/** The rules that speak to somebody and decide each field for itself, in the order of the policy. */
export function speakingRules({ rules }: Policy, circumstances: Circumstances): PolicyRule[] {
  return rulesSpeakingTo(inPriorityOrder(rules).single, circumstances);
}

/** The ability of the rules that speak to somebody. */
export function bindAll({
  asked,
  circumstances,
  speaking,
}: {
  asked: Asked;
  circumstances: Circumstances;
  speaking: readonly PolicyRule[];
}): BoundPolicy {
  const single = speaking.flatMap((rule) => bindSpeaking(rule, circumstances));
  const rules = withJointCaps(single, inPriorityOrder(asked.policy.rules).joint);
  return boundBy({ asked, circumstances, rules });
}

/** What the rules of a policy come to for somebody, in the order in which CASL reads them. */
export function boundRules(
  { rules }: Pick<Policy, "rules">,
  circumstances: Circumstances,
  bindOne: (rule: PolicyRule) => readonly AbilityRule[] = (rule) => bindRule(rule, circumstances),
): AbilityRule[] {
  const { single, joint } = inPriorityOrder(rules);
  return withJointCaps(single.flatMap(bindOne), joint);
}

/** The ability of rules that were bound before. */
export function boundBy({
  asked,
  circumstances: { scope, items },
  rules,
}: {
  asked: Asked;
  circumstances: Pick<Circumstances, "scope" | "items">;
  rules: readonly AbilityRule[];
}): BoundPolicy {
  const { policy, catalog, caller, now } = asked;
  const refusal = rules.map(({ origin }) => origin).findLast((rule) => rule.kind === "refusal");
  let ability: PolicyAbility | null = null;
  return {
    policy,
    catalog,
    rules,
    // Plans are made from the rules themselves, so CASL's own index waits until somebody asks it.
    get ability() {
      return (ability ??= casl(rules));
    },
    caller,
    now,
    scope,
    items,
    refusal: refusal ?? null,
  };
}

/** The same rules for somebody for whom they come to the same (`bindingKey`). */
export function boundAlike(
  known: BoundPolicy,
  { asked, scope }: { asked: Asked; scope: Scope },
): BoundPolicy {
  const { policy, catalog, caller, now } = asked;
  const { rules, items, refusal } = known;
  return {
    policy,
    catalog,
    rules,
    get ability() {
      return known.ability;
    },
    caller,
    now,
    scope,
    items,
    refusal,
  };
}

function casl(rules: readonly AbilityRule[]): PolicyAbility {
  return new Ability([...rules] as RawRuleOf<PolicyAbility>[], {
    conditionsMatcher: (condition: Condition) => predicateOf(condition),
    fieldMatcher: (fields) => {
      const names = new Set<string>(fields);
      return (field) => names.has(field);
    },
    detectSubjectType: (subject) => subject.__typename,
  });
}
