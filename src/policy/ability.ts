import { Ability, type RawRuleOf } from "@casl/ability";
import type { Catalog, FieldDefinition } from "../classification/catalog.ts";
import {
  DISCLOSURES,
  type Disclosure,
  isDisclosure,
  rankOf,
} from "../classification/disclosure.ts";
import type { Caller } from "../identity/caller.ts";
import { callerAttributes } from "./caller-attributes.ts";
import { type AttributeValues, type Condition, isConstant, NEVER } from "./condition.ts";
import { compilePredicate } from "./matches.ts";
import {
  type FieldSelector,
  type FieldStop,
  type Grant,
  type Policy,
  type PolicyRule,
  STAGES,
  type VerbGrant,
} from "./rule.ts";
import {
  bind,
  bindWidest,
  type ConditionTemplate,
  isReference,
  lookUp,
  type Scope,
  UnboundReference,
} from "./template.ts";

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
}

/**
 * Builds the ability of one caller, purpose and time. Rules whose caller condition fails are left
 * out; a rule that names an attribute the caller lacks is dropped if it grants, and holds for as
 * many rows as it could if it stops. Stops come after all grants, the earliest stage last, because in CASL the last
 * matching rule wins.
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
  const rules = inPriorityOrder(policy.rules).flatMap((rule) =>
    toAbilityRules({ rule, catalog, attributes, scope }),
  );
  const ability: PolicyAbility = new Ability(rules as RawRuleOf<PolicyAbility>[], {
    conditionsMatcher: (condition: Condition) => compilePredicate(condition),
    fieldMatcher: (fields) => {
      const names = new Set<string>(fields);
      return (field) => names.has(field);
    },
    detectSubjectType: (subject) => subject.__typename,
  });
  return { policy, catalog, ability, rules, caller, now, scope };
}

/** Grants first, then stops with the earliest stage last; ties by id, so that file order is nothing. */
export function inPriorityOrder(rules: readonly PolicyRule[]): PolicyRule[] {
  return [...rules].sort((a, b) => priorityOf(a) - priorityOf(b) || (a.id < b.id ? -1 : 1));
}

function priorityOf(rule: PolicyRule): number {
  const isStop = rule.kind === "stop" || rule.kind === "row-stop";
  return isStop ? STAGES.length - STAGES.indexOf(rule.stage) : 0;
}

interface Binding {
  readonly rule: PolicyRule;
  readonly catalog: Catalog;
  readonly attributes: AttributeValues;
  readonly scope: Scope;
}

function toAbilityRules({ rule, catalog, attributes, scope }: Binding): AbilityRule[] {
  const isStop = rule.kind === "stop" || rule.kind === "row-stop";
  const bound = isStop ? bindWidest : bindOrNever;
  if (!compilePredicate(bound(rule.caller, scope))(attributes)) return [];
  const condition = bound(rule.when, scope);
  if (isConstant(condition, false)) return [];
  const conditions = isConstant(condition, true) ? {} : { conditions: condition };
  return rule.types.flatMap((type) => {
    const base = { subject: type, origin: rule, id: rule.id, ...conditions };
    switch (rule.kind) {
      case "row":
        return [
          { ...base, action: rule.may === "count" ? ["count"] : ["see", "know", "count"] },
        ] as AbilityRule[];
      case "row-stop":
        return [
          {
            ...base,
            action: rule.answer === "GONE" ? ["see", "count"] : ["see", "know", "count"],
            inverted: true,
          },
        ];
      case "grant":
        return grantRules({ grant: rule, fields: fieldsOf(catalog, type), scope, base });
      case "stop":
        return stopRules({ stop: rule, fields: fieldsOf(catalog, type), scope, base });
      case "verb":
        return verbRules({ grant: rule, fields: fieldsOf(catalog, type), base });
    }
  });
}

type RuleBase = Pick<AbilityRule, "subject" | "origin" | "id" | "conditions">;

function grantRules({
  grant,
  fields,
  scope,
  base,
}: {
  grant: Grant;
  fields: readonly FieldDefinition[];
  scope: Scope;
  base: RuleBase;
}): AbilityRule[] {
  const listed = grant.onlyFields === null ? null : lookUp(grant.onlyFields, scope);
  const isListed = (field: FieldDefinition): boolean =>
    grant.onlyFields === null || (Array.isArray(listed) && listed.includes(field.name));
  return DISCLOSURES.flatMap((level) => {
    const names = fields
      .filter((field) => grant.levels.get(field.category) === level && isListed(field))
      .map((field) => field.name);
    if (level === "NONE" || names.length === 0) return [];
    const action = DISCLOSURES.filter(
      (lower) => lower !== "NONE" && rankOf(lower) <= rankOf(level),
    );
    return [{ ...base, action, fields: names, level } as AbilityRule];
  });
}

function stopRules({
  stop,
  fields,
  scope,
  base,
}: {
  stop: FieldStop;
  fields: readonly FieldDefinition[];
  scope: Scope;
  base: RuleBase;
}): AbilityRule[] {
  const names = fields.filter((field) => isSelected(stop.fields, field)).map((field) => field.name);
  const cap = isReference(stop.atMost) ? lookUp(stop.atMost, scope) : stop.atMost;
  const level = isDisclosure(cap) ? cap : "NONE";
  const above = DISCLOSURES.filter((higher) => rankOf(higher) > rankOf(level));
  if (names.length === 0 || above.length === 0) return [];
  const action = stop.letsGroup === true ? above : [...above, "group"];
  return [{ ...base, action, fields: names, level, inverted: true } as AbilityRule];
}

function verbRules({
  grant,
  fields,
  base,
}: {
  grant: VerbGrant;
  fields: readonly FieldDefinition[];
  base: RuleBase;
}): AbilityRule[] {
  if (grant.categories.length === 0) return [{ ...base, action: grant.verb } as AbilityRule];
  const names = fields
    .filter((field) => grant.categories.includes(field.category))
    .map((field) => field.name);
  return names.length === 0 ? [] : [{ ...base, action: grant.verb, fields: names } as AbilityRule];
}

function fieldsOf(catalog: Catalog, type: string): FieldDefinition[] {
  return [...(catalog.get(type)?.fields.values() ?? [])];
}

/** Whether a stop with this selector is about a field. */
export function isSelected(selector: FieldSelector, field: FieldDefinition): boolean {
  return (
    (selector.classifications?.includes(field.classification) ?? true) &&
    (selector.categories?.includes(field.category) ?? true) &&
    (selector.legalTags?.some((tag) => field.legalTags.includes(tag)) ?? true)
  );
}

function bindOrNever(template: ConditionTemplate, scope: Scope): Condition {
  try {
    return bind(template, scope);
  } catch (error) {
    if (error instanceof UnboundReference) return NEVER;
    throw error;
  }
}
