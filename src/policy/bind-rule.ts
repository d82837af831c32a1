import type { Catalog, FieldDefinition } from "../classification/catalog.ts";
import { DISCLOSURES, rankOf } from "../classification/disclosure.ts";
import type { AbilityRule } from "./ability.ts";
import { type AttributeValues, type Condition, isConstant } from "./condition.ts";
import { type EachItem, itemsFor, scopeFor } from "./for-each.ts";
import { compilePredicate, type Predicate } from "./matches.ts";
import { type Grant, isStopRule, type PolicyRule, type VerbGrant, VERBS } from "./rule.ts";
import { stopRules } from "./bind-stop.ts";
import { bindWidest, fixedCondition, lookUp, orNever, type Scope } from "./template.ts";

/** Who asks, and when: everything that is put into the rules of a policy. */
export interface Circumstances {
  readonly catalog: Catalog;
  readonly attributes: AttributeValues;
  readonly scope: Scope;
  readonly items: readonly EachItem[];
}

/** What every ability rule of one policy rule, item and type has. */
export type BoundBase = Pick<AbilityRule, "subject" | "origin" | "id" | "conditions" | "each">;

/** Whether the caller's side of a rule holds. */
export function speaksTo(rule: PolicyRule, { scope, attributes }: Circumstances): boolean {
  const same = fixedCondition(rule.caller);
  if (same !== null) return testOf(same)(attributes);
  const bind = isStopRule(rule) ? bindWidest : orNever;
  return compilePredicate(bind(rule.caller, scope))(attributes);
}

/** Tests of callers that are the same for all of them: nearly every rule asks for a role and a purpose. */
const tests = new WeakMap<Condition, Predicate>();

function testOf(condition: Condition): Predicate {
  let test = tests.get(condition);
  if (test === undefined) tests.set(condition, (test = compilePredicate(condition)));
  return test;
}

/** The ability rules of one policy rule: none, or one and more for each item and type. */
export function bindRule(rule: PolicyRule, circumstances: Circumstances): AbilityRule[] {
  if (!speaksTo(rule, circumstances)) return [];
  const { items, scope } = circumstances;
  const isStop = isStopRule(rule);
  return itemsFor({ forEach: rule.forEach, items, scope, isStop }).flatMap((item) =>
    bindFor({ rule, item, circumstances }),
  );
}

function bindFor({
  rule,
  item,
  circumstances,
}: {
  rule: PolicyRule;
  item: EachItem | null;
  circumstances: Circumstances;
}): AbilityRule[] {
  const scope = scopeFor(circumstances.scope, item);
  const condition = (isStopRule(rule) ? bindWidest : orNever)(rule.when, scope);
  if (isConstant(condition, false)) return [];
  const conditions = isConstant(condition, true) ? {} : { conditions: condition };
  const each = item === null ? {} : { each: item };
  return rule.types.flatMap((type) => {
    const base: BoundBase = { subject: type, origin: rule, id: rule.id, ...conditions, ...each };
    const fields = [...(circumstances.catalog.get(type)?.fields.values() ?? [])];
    switch (rule.kind) {
      case "row":
        return [toRule(base, ACTIONS_OF[rule.may ?? "see"])];
      case "row-stop": {
        const action = rule.answer === "GONE" ? ["see", "count"] : ROW_ACTIONS;
        return [{ ...toRule(base, action), inverted: true }];
      }
      case "refusal":
        return refusalRules(base, fields);
      case "grant":
        return grantRules({ grant: rule, fields, scope, base });
      case "stop":
        return stopRules({ stop: rule, fields, scope, base, circumstances });
      case "verb":
        return verbRules({ grant: rule, fields, base });
    }
  });
}

const ROW_ACTIONS = ["see", "know", "count", "ask"];

/** What each verb of a row rule stands for. */
const ACTIONS_OF = { see: ROW_ACTIONS, count: ["count"], ask: ["ask"] };

function toRule(base: BoundBase, action: string[]): AbilityRule {
  return { ...base, action } as AbilityRule;
}

/** Nothing is given of any row, by whatever verb. */
function refusalRules(base: BoundBase, fields: readonly FieldDefinition[]): AbilityRule[] {
  const names = fields.map(({ name }) => name);
  const levels = DISCLOSURES.filter((level) => level !== "NONE");
  const onFields = { ...base, action: [...levels, "group", ...VERBS], fields: names };
  return [
    { ...toRule(base, [...ROW_ACTIONS, ...VERBS]), inverted: true },
    { ...onFields, level: "NONE", inverted: true } as AbilityRule,
  ];
}

function grantRules({
  grant,
  fields,
  scope,
  base,
}: {
  grant: Grant;
  fields: readonly FieldDefinition[];
  scope: Scope;
  base: BoundBase;
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

function verbRules({
  grant,
  fields,
  base,
}: {
  grant: VerbGrant;
  fields: readonly FieldDefinition[];
  base: BoundBase;
}): AbilityRule[] {
  if (grant.categories.length === 0) return [{ ...base, action: grant.verb } as AbilityRule];
  const names = fields
    .filter((field) => grant.categories.includes(field.category))
    .map((field) => field.name);
  return names.length === 0 ? [] : [{ ...base, action: grant.verb, fields: names } as AbilityRule];
}
