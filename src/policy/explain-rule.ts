import type { FieldDefinition } from "../classification/catalog.ts";
import type { BoundPolicy, Subject } from "./ability.ts";
import { callerAttributes } from "./caller-attributes.ts";
import { attributesOf, type Condition } from "./condition.ts";
import { type Clause, clausesOf } from "./explain-clauses.ts";
import { type EachItem, EACH_WORDS, scopeFor } from "./for-each.ts";
import { shownCondition } from "./joint-caps.ts";
import { compilePredicate, isLoaded } from "./matches.ts";
import { isStopRule, type PolicyRule } from "./rule.ts";
import { type ConditionTemplate, lookUp, type Reference, type Scope } from "./template.ts";

interface Explained {
  readonly rule: PolicyRule;
  /** Null for rules about rows. */
  readonly field: FieldDefinition | null;
  readonly bound: BoundPolicy;
  readonly row: Subject;
  /** What the rule was bound for; null where it is bound for the caller, or for nothing. */
  readonly item: EachItem | null;
}

/** Every clause of a rule: those about the caller, then those about what it is bound for, then the row's. */
export function clausesOfRule({ rule, field, bound, row, item }: Explained): Clause[] {
  const scope = scopeFor(bound.scope, item);
  const isStop = isStopRule(rule);
  const caller = callerAttributes(bound);
  const said = { scope, isStop };
  return [
    ...clausesOf({ of: "CALLER", template: rule.caller, values: caller, ...said }),
    ...clausesOfItem({ rule, item, scope }),
    ...listedClause({ rule, field, scope }),
    ...clausesOf({ of: "ROW", template: rule.when, values: row, ...said }),
    ...exceptedClauses({ rule, field, bound, row }),
    ...besideClauses({ rule, bound, row }),
  ];
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
  return [
    { of: "CALLER", depth: 0, text: `the caller has the ${what} ${name}`, holds: true },
    ...clausesOf({
      of: "CALLER",
      template: forEach.each,
      values: item.values,
      scope,
      isStop: isStopRule(rule),
    }),
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
  row,
}: Pick<Explained, "rule" | "field" | "bound" | "row">): Clause[] {
  if (rule.kind !== "stop" || rule.except == null || field === null) return [];
  const { forEach, when, onlyFields } = rule.except;
  return bound.items
    .filter(({ of }) => of === forEach.of)
    .filter((item) => isListed(field, onlyFields, scopeFor(bound.scope, item)))
    .flatMap((item) => {
      const template: ConditionTemplate = { kind: "not", of: when };
      const scope = scopeFor(bound.scope, item);
      return clausesOf({ of: "ROW", template, values: row, scope, isStop: true });
    });
}

/** What a joint cap asks of the other field and of its own, told without the rules behind it. */
function besideClauses({ rule, bound, row }: Pick<Explained, "rule" | "bound" | "row">): Clause[] {
  if (rule.kind !== "stop" || rule.beside == null) return [];
  const [own = ""] = rule.fields.names ?? [];
  const { field, level } = rule.beside;
  const holdsOn = (condition: Condition): boolean | null =>
    isLoaded(row, [...attributesOf(condition)]) ? compilePredicate(condition)(row) : null;
  const { rules } = bound;
  const type = row.__typename;
  const isBeside = holdsOn(shownCondition({ rules, type, field, level }));
  const isClear = holdsOn(shownCondition({ rules, type, field: own, level: "CLEAR" }));
  return [
    { of: "ROW", depth: 0, text: `${field} is given at ${level} or above`, holds: isBeside },
    {
      of: "ROW",
      depth: 0,
      text: `${own} is not given in clear`,
      holds: isClear === null ? null : !isClear,
    },
  ];
}
