import { Ability, type RawRuleOf } from "@casl/ability";
import type { Catalog } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { Caller } from "../identity/caller.ts";
import { bindRule, type Circumstances } from "./bind-rule.ts";
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
  return boundBy({ asked, circumstances, rules: boundRules(asked.policy, circumstances) });
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

/** What the rules of a policy come to for somebody, in the order in which CASL reads them. */
export function boundRules(
  { rules }: Pick<Policy, "rules">,
  circumstances: Circumstances,
  bindOne: (rule: PolicyRule) => readonly AbilityRule[] = (rule) => bindRule(rule, circumstances),
): AbilityRule[] {
  const ordered = inPriorityOrder(rules);
  const single = ordered.filter((rule) => !isJointCap(rule)).flatMap(bindOne);
  return withJointCaps(single, ordered.filter(isJointCap));
}

/** The ability of rules that were bound before. */
export function boundBy({
  asked,
  circumstances: { scope, items },
  rules,
}: {
  asked: Asked;
  circumstances: Circumstances;
  rules: readonly AbilityRule[];
}): BoundPolicy {
  const ability: PolicyAbility = new Ability([...rules] as RawRuleOf<PolicyAbility>[], {
    conditionsMatcher: (condition: Condition) => compilePredicate(condition),
    fieldMatcher: (fields) => {
      const names = new Set<string>(fields);
      return (field) => names.has(field);
    },
    detectSubjectType: (subject) => subject.__typename,
  });
  const refusal = rules.map(({ origin }) => origin).findLast((rule) => rule.kind === "refusal");
  const { policy, catalog, caller, now } = asked;
  return { policy, catalog, ability, rules, caller, now, scope, items, refusal: refusal ?? null };
}

/** Orders so far; a policy that is no longer served takes its own with it. */
const orders = new WeakMap<readonly PolicyRule[], readonly PolicyRule[]>();

/** Grants first, then stops with the earliest stage last; ties by id, so that file order is nothing. */
export function inPriorityOrder(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  let ordered = orders.get(rules);
  if (ordered === undefined) {
    ordered = rules.toSorted((a, b) => priorityOf(a) - priorityOf(b) || (a.id < b.id ? -1 : 1));
    orders.set(rules, ordered);
  }
  return ordered;
}

/** What refuses a whole request comes before all that is about rows and fields. */
function priorityOf(rule: PolicyRule): number {
  if (!isStopRule(rule)) return 0;
  return (rule.kind === "refusal" ? 2 : 1) * STAGES.length - STAGES.indexOf(rule.stage);
}
