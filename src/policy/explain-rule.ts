import type { FieldDefinition } from "../classification/catalog.ts";
import type { BoundPolicy } from "./ability.ts";
import { callerAttributes } from "./caller-attributes.ts";
import { attributesOf, type AttributeValues, type Condition } from "./condition.ts";
import { type Clause, type ClausesOn, clausesOf, type Test } from "./explain-clauses.ts";
import { type EachItem, EACH_WORDS, scopeFor } from "./for-each.ts";
import { shownCondition } from "./joint-caps.ts";
import { isLoaded, predicateOf } from "./matches.ts";
import { isStopRule, type PolicyRule } from "./rule.ts";
import { type ConditionTemplate, lookUp, type Reference, type Scope } from "./template.ts";

interface Explained {
  readonly rule: PolicyRule;
  /** Type of the row. */
  readonly type: string;
  /** Null for rules about rows. */
  readonly field: FieldDefinition | null;
  readonly bound: BoundPolicy;
  /** What the rule was bound for; null where it is bound for the caller, or for nothing. */
  readonly item: EachItem | null;
}

/**
 * Every clause of a rule: those about the caller, then those about what it is bound for, then the row's.
 * All but the row's are told once for all rows.
 */
export function clausesOfRule(explained: Explained): ClausesOn {
  const { rule, field, bound, item } = explained;
  const scope = scopeFor(bound.scope, item);
  const said = { scope, isStop: isStopRule(rule) };
  const same = [
    ...clausesOf({ of: "CALLER", template: rule.caller, ...said }).on(attributesOfCaller(bound)),
    ...clausesOfItem({ rule, item, scope }),
    ...listedClause({ rule, field, scope }),
  ];
  const parts = [
    clausesOf({ of: "ROW", template: rule.when, ...said }),
    ...exceptedClauses(explained),
    ...besideClauses(explained),
  ];
  return {
    tests: new Map(parts.flatMap(({ tests }) => [...tests])),
    on: (row) => [...same, ...parts.flatMap(({ on }) => on(row))],
  };
}

const callers = new WeakMap<BoundPolicy, AttributeValues>();

/** The caller as rules see it; every rule is held against the same. */
function attributesOfCaller(bound: BoundPolicy): AttributeValues {
  let attributes = callers.get(bound);
  if (attributes === undefined) callers.set(bound, (attributes = callerAttributes(bound)));
  return attributes;
}

/** What must be there for the rule to be bound at all, and what must hold of it. */
function clausesOfItem({
  rule,
  item,
  scope,
}: {
  rule: PolicyRule;
  item: EachItem | null;
  scope: Scope;
}): Clause[] {
  const { forEach } = rule;
  if (forEach == null) return [];
  const what = forEach.of.replace("-", " ");
  if (item === null)
    return [{ of: "CALLER", depth: 0, text: `the caller has a ${what}`, holds: false }];
  const name = String(item.values[EACH_WORDS[item.of].name]);
  const ofItem = { of: "CALLER", template: forEach.each, scope, isStop: isStopRule(rule) } as const;
  return [
    { of: "CALLER", depth: 0, text: `the caller has the ${what} ${name}`, holds: true },
    ...clausesOf(ofItem).on(item.values),
  ];
}

/** A rule that is narrowed to listed fields holds for those alone. */
function listedClause({
  rule,
  field,
  scope,
}: {
  rule: PolicyRule;
  field: FieldDefinition | null;
  scope: Scope;
}): Clause[] {
  if (field === null || (rule.kind !== "grant" && rule.kind !== "stop")) return [];
  if (rule.onlyFields == null) return [];
  const holds = isListed(field, rule.onlyFields, scope);
  return [{ of: "CALLER", depth: 0, text: `${field.name} is a listed field`, holds }];
}

function isListed(field: FieldDefinition, list: Reference, scope: Scope): boolean {
  const listed = lookUp(list, scope);
  return Array.isArray(listed) && listed.includes(field.name);
}

/** Items that take the field out of a stop, on the rows that each is about. */
function exceptedClauses({
  rule,
  field,
  bound,
}: Pick<Explained, "rule" | "field" | "bound">): ClausesOn[] {
  if (rule.kind !== "stop" || rule.except == null || field === null) return [];
  const { forEach, when, onlyFields } = rule.except;
  return bound.items
    .filter(({ of }) => of === forEach.of)
    .filter((item) => isListed(field, onlyFields, scopeFor(bound.scope, item)))
    .map((item) => {
      const template: ConditionTemplate = { kind: "not", of: when };
      return clausesOf({ of: "ROW", template, scope: scopeFor(bound.scope, item), isStop: true });
    });
}

/** What a joint cap asks of the other field and of its own, told without the rules behind it. */
function besideClauses({
  rule,
  type,
  bound: { rules },
}: Pick<Explained, "rule" | "type" | "bound">): ClausesOn[] {
  if (rule.kind !== "stop" || rule.beside == null) return [];
  const [own = ""] = rule.fields.names ?? [];
  const { field, level } = rule.beside;
  const isBeside = testOf(shownCondition({ rules, type, field, level }));
  const isClear = testOf(shownCondition({ rules, type, field: own, level: "CLEAR" }));
  const given = `${field} is given at ${level} or above`;
  const hidden = `${own} is not given in clear`;
  const tests = new Map([
    [`${rule.id} beside`, isBeside],
    [`${rule.id} clear`, isClear],
  ]);
  const on = (row: AttributeValues): Clause[] => {
    const clear = isClear(row);
    return [
      { of: "ROW", depth: 0, text: given, holds: isBeside(row) },
      { of: "ROW", depth: 0, text: hidden, holds: clear === null ? null : !clear },
    ];
  };
  return [{ tests, on }];
}

/** Whether a condition holds for a row; null where an attribute that it reads was not loaded. */
export function testOf(condition: Condition): Test {
  const attributes = [...attributesOf(condition)];
  const holds = predicateOf(condition);
  return (row) => (isLoaded(row, attributes) ? holds(row) : null);
}
