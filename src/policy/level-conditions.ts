import { type FieldDefinition, renderableAt } from "../classification/catalog.ts";
import { DISCLOSURES, type Disclosure, rankOf } from "../classification/disclosure.ts";
import type { AbilityRule, BoundPolicy } from "./ability.ts";
import { ALWAYS, allOf, anyOf, type Condition, not } from "./condition.ts";
import { rowCondition } from "./row-condition.ts";

/** Levels at which a field has a form, lowest first; every verdict ends at one of them. */
export function formsOf(field: FieldDefinition): Disclosure[] {
  return DISCLOSURES.filter((level) => renderableAt(field, level) === level);
}

/**
 * Rows on which a caller is answered a field at exactly this level, as one condition; what is
 * hidden is answered as NONE. It says the same as the plan's verdict, for statements that count.
 */
export function answeredAt(
  bound: BoundPolicy,
  field: FieldDefinition,
  level: Disclosure,
): Condition {
  const forms = formsOf(field);
  const above = forms[forms.indexOf(level) + 1];
  const higher = above === undefined ? null : answeredFrom(bound, field, above);
  const from = level === "NONE" ? ALWAYS : answeredFrom(bound, field, level);
  return higher === null ? from : allOf([from, not(higher)]);
}

/** Rows on which the field is answered at the level or above it. */
function answeredFrom(bound: BoundPolicy, field: FieldDefinition, level: Disclosure): Condition {
  const speaking = rulesAbout(bound, field);
  const grants = speaking.filter((rule) => rule.inverted !== true && isFrom(rule, level));
  const stops = speaking.filter((rule) => rule.inverted === true && !isFrom(rule, level));
  return allOf([
    rowCondition(bound.ability, "see", field.type),
    anyOf(grants.map(conditionOf)),
    not(anyOf(stops.map(conditionOf))),
  ]);
}

/** Rules about how much of a field is given, in the order in which CASL reads them. */
export function rulesAbout(bound: BoundPolicy, field: FieldDefinition): AbilityRule[] {
  return bound.rules.filter(
    ({ level, subject, fields }) =>
      level !== undefined && subject === field.type && fields?.includes(field.name) === true,
  );
}

/** The rows on which a rule holds. */
export function conditionOf(rule: AbilityRule): Condition {
  return (rule.conditions as Condition | undefined) ?? ALWAYS;
}

function isFrom({ level }: AbilityRule, lowest: Disclosure): boolean {
  return rankOf(level ?? "NONE") >= rankOf(lowest);
}
