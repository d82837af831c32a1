import type { FieldDefinition } from "../classification/catalog.ts";
import {
  DISCLOSURES,
  type Disclosure,
  isDisclosure,
  rankOf,
} from "../classification/disclosure.ts";
import type { AbilityRule } from "./ability.ts";
import type { BoundBase } from "./bind-rule.ts";
import { ALWAYS, allOf, anyOf, type Condition, isConstant, not } from "./condition.ts";
import { itemsFor, scopeFor } from "./for-each.ts";
import type { FieldSelector, FieldStop } from "./rule.ts";
import type { Circumstances } from "./speaking.ts";
import { isReference, lookUp, orNever, type Scope } from "./template.ts";

/** The ability rules of a stop on fields of one type: one for fields that have the same exceptions. */
export function stopRules({
  stop,
  fields,
  scope,
  base,
  circumstances,
}: {
  stop: FieldStop;
  fields: readonly FieldDefinition[];
  scope: Scope;
  base: BoundBase;
  circumstances: Circumstances;
}): AbilityRule[] {
  const names = fields
    .filter((field) => isSelected(stop.fields, field) && isListed({ stop, field, scope }))
    .map(({ name }) => name);
  const level = capOf(stop, scope);
  const above = levelsAbove(level);
  if (names.length === 0 || above.length === 0) return [];
  const action = stop.letsGroup === true ? above : [...above, "group"];
  const whole = (base.conditions as Condition | undefined) ?? ALWAYS;
  return exceptedAlike({ stop, names, scope, circumstances }).flatMap(({ alike, except }) => {
    const condition = allOf([whole, not(anyOf(except))]);
    if (isConstant(condition, false)) return [];
    const { conditions: _whole, ...rest } = base;
    const conditions = isConstant(condition, true) ? {} : { conditions: condition };
    return [
      { ...rest, ...conditions, action, fields: alike, level, inverted: true } as AbilityRule,
    ];
  });
}

/** The level at which a stop caps for this caller; nothing where that is not known. */
export function capOf(stop: FieldStop, scope: Scope): Disclosure {
  const cap = isReference(stop.atMost) ? lookUp(stop.atMost, scope) : stop.atMost;
  return isDisclosure(cap) ? cap : "NONE";
}

/** Levels that a cap takes away. */
export function levelsAbove(cap: Disclosure): Disclosure[] {
  return DISCLOSURES.filter((higher) => rankOf(higher) > rankOf(cap));
}

/** Whether a stop with this selector is about a field. */
export function isSelected(selector: FieldSelector, field: FieldDefinition): boolean {
  return (
    (selector.classifications?.includes(field.classification) ?? true) &&
    (selector.categories?.includes(field.category) ?? true) &&
    (selector.legalTags?.some((tag) => field.legalTags.includes(tag)) ?? true) &&
    (selector.names?.includes(field.name) ?? true)
  );
}

/** A list that the caller lacks narrows no stop. */
function isListed({
  stop,
  field,
  scope,
}: {
  stop: FieldStop;
  field: FieldDefinition;
  scope: Scope;
}): boolean {
  if (stop.onlyFields == null) return true;
  const listed = lookUp(stop.onlyFields, scope);
  return !Array.isArray(listed) || listed.includes(field.name);
}

interface ExceptedAlike {
  readonly alike: string[];
  /** On rows where one of them holds the stop does not. */
  readonly except: readonly Condition[];
}

function exceptedAlike({
  stop: { except },
  names,
  scope,
  circumstances: { items },
}: {
  stop: FieldStop;
  names: string[];
  scope: Scope;
  circumstances: Circumstances;
}): ExceptedAlike[] {
  const forEach = except?.forEach;
  const those = forEach == null ? [] : itemsFor({ forEach, items, scope, isStop: false });
  if (except == null || those.length === 0) return [{ alike: names, except: [] }];
  const exceptions = those.map((item) => {
    const own = scopeFor(scope, item);
    const listed = lookUp(except.onlyFields, own);
    return { listed: Array.isArray(listed) ? listed : [], condition: orNever(except.when, own) };
  });
  const groups = Map.groupBy(names, (name) =>
    exceptions.map(({ listed }) => (listed.includes(name) ? "1" : "0")).join(""),
  );
  return [...groups].map(([which, alike]) => ({
    alike,
    except: exceptions.filter((_, index) => which[index] === "1").map(({ condition }) => condition),
  }));
}
