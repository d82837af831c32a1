import type { Catalog } from "../classification/catalog.ts";
import { renderableAt } from "../classification/catalog.ts";
import type { Category } from "../classification/classification.ts";
import { DISCLOSURES, type Disclosure, rankOf } from "../classification/disclosure.ts";
import { isSelected } from "../policy/bind-stop.ts";
import type { FieldStop, Grant, PolicyRule } from "../policy/rule.ts";
import { type ConditionTemplate, isReference } from "../policy/template.ts";

/** One rule of a policy made wrong in one way. */
export interface Mutant {
  readonly rule: PolicyRule;
  /** What was changed, in words that stay the same while the rule does. */
  readonly change: string;
  /** The wrong rule; null where it was removed. */
  readonly becomes: PolicyRule | null;
}

/**
 * Every way in which one rule is made wrong: removed, a level moved by one, a clause of a
 * condition negated, the list of fields taken away. A level that looks like its neighbour for every
 * field that it is about can't be told from it, and makes no mutant.
 */
export function mutantsOf(rule: PolicyRule, catalog: Catalog): Mutant[] {
  const changes: readonly (readonly [string, PolicyRule | null])[] = [
    ["removed", null],
    ...negationsOf(rule),
    ...(rule.kind === "grant" ? grantChanges(rule, catalog) : []),
    ...(rule.kind === "stop" ? ceilingChanges(rule, catalog) : []),
  ];
  return changes.map(([change, becomes]) => ({ rule, change, becomes }));
}

function grantChanges(grant: Grant, catalog: Catalog): [string, PolicyRule][] {
  const moved = [...grant.levels].flatMap(([category, level]) =>
    neighboursOf(level)
      .filter((other) => isVisible({ rule: grant, category, level, other, catalog }))
      .map((other): [string, PolicyRule] => [
        `${category}: ${level} -> ${other}`,
        { ...grant, levels: new Map(grant.levels).set(category, other) },
      ]),
  );
  if (grant.onlyFields === null) return moved;
  return [...moved, ["only-fields removed", { ...grant, onlyFields: null }]];
}

function ceilingChanges(stop: FieldStop, catalog: Catalog): [string, PolicyRule][] {
  const level = stop.atMost;
  const narrowed = [...listChanges(stop), ...besideChanges(stop, catalog)];
  if (isReference(level)) return narrowed;
  const moved = neighboursOf(level)
    .filter((other) => isVisible({ rule: stop, category: null, level, other, catalog }))
    .map((other): [string, PolicyRule] => [
      `at-most: ${level} -> ${other}`,
      { ...stop, atMost: other },
    ]);
  return [...moved, ...narrowed];
}

/** What narrows a stop taken away, or its exception made wrong. */
function listChanges(stop: FieldStop): [string, PolicyRule][] {
  const { except } = stop;
  const changes: [string, PolicyRule][] = [];
  if (stop.onlyFields != null) changes.push(["only-fields removed", { ...stop, onlyFields: null }]);
  if (except == null) return changes;
  changes.push(["except removed", { ...stop, except: null }]);
  for (const [clause, when] of negatedEach(except.when))
    changes.push([`except: not ${clause}`, { ...stop, except: { ...except, when } }]);
  return changes;
}

/** The level from which on a joint cap counts, moved to each at which the other field has a form. */
function besideChanges(stop: FieldStop, catalog: Catalog): [string, PolicyRule][] {
  const { beside } = stop;
  if (beside == null) return [];
  const other = catalog.get(stop.types[0] ?? "")?.fields.get(beside.field);
  return neighboursOf(beside.level)
    .filter((level) => other !== undefined && level !== "NONE")
    .map((level) => [
      `beside ${beside.field}: ${beside.level} -> ${level}`,
      { ...stop, beside: { ...beside, level } },
    ]);
}

function neighboursOf(level: Disclosure): Disclosure[] {
  const rank = rankOf(level);
  return [DISCLOSURES[rank + 1], DISCLOSURES[rank - 1]].filter((other) => other !== undefined);
}

/** Whether some field that the rule is about looks otherwise at the other level. */
function isVisible({
  rule,
  category,
  level,
  other,
  catalog,
}: {
  rule: PolicyRule;
  category: Category | null;
  level: Disclosure;
  other: Disclosure;
  catalog: Catalog;
}): boolean {
  return rule.types
    .flatMap((type) => [...(catalog.get(type)?.fields.values() ?? [])])
    .filter((field) => category === null || field.category === category)
    .filter((field) => rule.kind !== "stop" || isSelected(rule.fields, field))
    .some((field) => renderableAt(field, level) !== renderableAt(field, other));
}

function negationsOf(rule: PolicyRule): [string, PolicyRule][] {
  const { forEach } = rule;
  const ofItems = forEach == null ? [] : negatedEach(forEach.each);
  return [
    ...(["caller", "when"] as const).flatMap((part) =>
      negatedEach(rule[part]).map(([clause, template]): [string, PolicyRule] => [
        `${part}: not ${clause}`,
        { ...rule, [part]: template },
      ]),
    ),
    ...ofItems.map(([clause, each]): [string, PolicyRule] => [
      `each: not ${clause}`,
      { ...rule, forEach: forEach == null ? null : { ...forEach, each } },
    ]),
  ];
}

/** The template once for each of its clauses, with that clause negated. */
function negatedEach(template: ConditionTemplate): [clause: string, ConditionTemplate][] {
  switch (template.kind) {
    case "always":
      return [];
    case "all":
    case "any":
      return template.of.flatMap((part, index) =>
        negatedEach(part).map(([clause, negated]): [string, ConditionTemplate] => [
          clause,
          { ...template, of: template.of.with(index, negated) },
        ]),
      );
    case "not":
      return negatedEach(template.of).map(([clause, of]) => [clause, { kind: "not", of }]);
    default:
      return [[inWords(template), { kind: "not", of: template }]];
  }
}

function inWords(
  clause: Exclude<ConditionTemplate, { kind: "always" | "all" | "any" | "not" }>,
): string {
  switch (clause.kind) {
    case "compare":
      return `${clause.attribute} ${clause.operator} ${said(clause.value)}`;
    case "includes":
      return `${clause.attribute} includes ${said(clause.value)}`;
    case "in":
    case "overlaps":
      return `${clause.attribute} ${clause.kind} ${said(clause.values)}`;
    case "exists":
      return `${clause.attribute} exists`;
  }
}

function said(value: unknown): string {
  if (isReference(value)) return `$${value.reference}`;
  return Array.isArray(value) ? value.map(String).join(" ") : String(value);
}
