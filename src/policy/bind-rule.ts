import type { Catalog, FieldDefinition } from "../classification/catalog.ts";
import { DISCLOSURES, rankOf } from "../classification/disclosure.ts";
import type { AbilityRule } from "./ability.ts";
import { isConstant } from "./condition.ts";
import { type EachItem, itemsFor, scopeFor } from "./for-each.ts";
import { type Circumstances, speaksTo } from "./speaking.ts";
import { type Grant, isStopRule, type PolicyRule, type VerbGrant, VERBS } from "./rule.ts";
import { stopRules } from "./bind-stop.ts";
import {
  bindWidest,
  fixedCondition,
  isReference,
  lookUp,
  orNever,
  type Scope,
} from "./template.ts";

/** What every ability rule of one policy rule, item and type has. */
export type BoundBase = Pick<AbilityRule, "subject" | "origin" | "id" | "conditions" | "each">;

/** The ability rules of one policy rule: none, or one and more for each item and type. */
export function bindRule(rule: PolicyRule, circumstances: Circumstances): readonly AbilityRule[] {
  return speaksTo(rule, circumstances) ? bindSpeaking(rule, circumstances) : [];
}

/** The same for a rule of which it is known that it speaks to the caller. */
export function bindSpeaking(
  rule: PolicyRule,
  circumstances: Circumstances,
): readonly AbilityRule[] {
  const { items, scope } = circumstances;
  if (rule.forEach == null) return bindFor({ rule, item: null, circumstances });
  const isStop = isStopRule(rule);
  return itemsFor({ forEach: rule.forEach, items, scope, isStop }).flatMap((item) =>
    bindFor({ rule, item, circumstances }),
  );
}

interface Binding {
  readonly rule: PolicyRule;
  readonly item: EachItem | null;
  readonly circumstances: Circumstances;
}

function bindFor({ rule, item, circumstances }: Binding): readonly AbilityRule[] {
  const same = item === null ? sameForAll(rule, circumstances) : null;
  if (same !== null) return same;
  const scope = scopeFor(circumstances.scope, item);
  const condition = (isStopRule(rule) ? bindWidest : orNever)(rule.when, scope);
  if (isConstant(condition, false)) return [];
  const bound = {
    ...(isConstant(condition, true) ? {} : { conditions: condition }),
    ...(item === null ? {} : { each: item }),
  };
  if (!namesFieldsByCaller(rule, circumstances))
    return outlineOf(rule, circumstances).map((one) => ({ ...one, ...bound }) as AbilityRule);
  return rulesFrom({ rule, scope, circumstances, bound });
}

/** What is known of a rule before there is a caller; a policy that is no longer served takes it along. */
interface Known {
  /** Its ability rules without their condition, where no caller changes of which fields they speak. */
  outline?: readonly AbilityRule[];
  /** Its ability rules, where they are the same for every caller to whom it speaks. */
  whole?: readonly AbilityRule[];
}

const known = new WeakMap<Catalog, WeakMap<PolicyRule, Known>>();

function knownOf(rule: PolicyRule, { catalog }: Circumstances): Known {
  let ofCatalog = known.get(catalog);
  if (ofCatalog === undefined) known.set(catalog, (ofCatalog = new WeakMap()));
  let ofRule = ofCatalog.get(rule);
  if (ofRule === undefined) ofCatalog.set(rule, (ofRule = {}));
  return ofRule;
}

/** The ability rules of a rule into which nothing of a caller is put; null for the others. */
function sameForAll(rule: PolicyRule, circumstances: Circumstances): readonly AbilityRule[] | null {
  const condition = fixedCondition(rule.when);
  if (condition === null || namesFieldsByCaller(rule, circumstances)) return null;
  const of = knownOf(rule, circumstances);
  if (of.whole === undefined) {
    const outline = outlineOf(rule, circumstances);
    if (isConstant(condition, true)) of.whole = outline;
    else if (isConstant(condition, false)) of.whole = [];
    else of.whole = outline.map((one) => ({ ...one, conditions: condition }) as AbilityRule);
  }
  return of.whole;
}

function outlineOf(rule: PolicyRule, circumstances: Circumstances): readonly AbilityRule[] {
  const of = knownOf(rule, circumstances);
  return (of.outline ??= rulesFrom({ rule, scope: {}, circumstances, bound: {} }));
}

/** Whether the fields of which a rule speaks, or at what level, can only be told with a caller. */
function namesFieldsByCaller(rule: PolicyRule, { items }: Circumstances): boolean {
  if (rule.kind === "grant") return rule.onlyFields !== null;
  if (rule.kind !== "stop") return false;
  if (rule.onlyFields != null || isReference(rule.atMost)) return true;
  const { except } = rule;
  // An exception of which the caller has none is none.
  return except != null && items.some(({ of }) => of === except.forEach.of);
}

function rulesFrom({
  rule,
  scope,
  circumstances,
  bound,
}: {
  rule: PolicyRule;
  scope: Scope;
  circumstances: Circumstances;
  bound: Pick<BoundBase, "conditions" | "each">;
}): AbilityRule[] {
  return rule.types.flatMap((type) => {
    const base: BoundBase = { subject: type, origin: rule, id: rule.id, ...bound };
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
