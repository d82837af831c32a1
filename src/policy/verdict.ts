import type { FieldDefinition } from "../classification/catalog.ts";
import { renderableAt } from "../classification/catalog.ts";
import { DISCLOSURES, type Disclosure } from "../classification/disclosure.ts";
import type { AbilityRule, BoundPolicy, Subject } from "./ability.ts";
import { attributesOf, type Condition } from "./condition.ts";
import { isLoaded } from "./matches.ts";

/** Disclosure of one field of one row, with the rule that decided and its reason. */
export interface Verdict {
  readonly disclosure: Disclosure;
  /** Reason code of everything below CLEAR; null at CLEAR. */
  readonly reason: string | null;
  /** Id of the deciding rule; `default-deny` where no rule spoke. */
  readonly rule: string;
}

/** Rule id of the answer that no rule gave. */
export const DEFAULT_DENY = "default-deny";

/** The verdict about a row on which an attribute that rules read was not loaded. */
export const NOT_LOADED: Verdict = {
  disclosure: "NONE",
  reason: "ATTRIBUTE_NOT_LOADED",
  rule: DEFAULT_DENY,
};

/** Levels that rules can give, highest first. */
const DESCENDING = [...DISCLOSURES].reverse().filter((level) => level !== "NONE");

/**
 * The verdict on one field of one loaded row: the highest level to which CASL says yes, lowered
 * to one that the field can render. This is the definition; plans are the fast form of it.
 */
export function verdictFor(bound: BoundPolicy, row: Subject, field: FieldDefinition): Verdict {
  if (!isLoaded(row, attributesReadFor(bound, field))) return NOT_LOADED;
  let above: AbilityRule | null = null;
  for (const level of DESCENDING) {
    const rule = bound.ability.relevantRuleFor(level, row, field.name);
    if (rule !== null && !rule.inverted) {
      return settle({ field, level, decider: above ?? (rule.origin as AbilityRule) });
    }
    above = rule === null ? null : (rule.origin as AbilityRule);
  }
  return settle({ field, level: "NONE", decider: above });
}

/** Attributes that the verdicts on a field read, for this caller. */
export function attributesReadFor(bound: BoundPolicy, field: FieldDefinition): string[] {
  const about = bound.rules.filter(
    ({ level, subject, fields }) =>
      level !== undefined && subject === field.type && fields?.includes(field.name) === true,
  );
  return attributesReadBy(about);
}

/**
 * Attributes that rules about one field read. What comes after a stop that takes everything from
 * everyone is not read: it can change neither level nor reason.
 *
 * @param rules in the order in which CASL reads them
 */
export function attributesReadBy(rules: readonly AbilityRule[]): string[] {
  const names = new Set<string>();
  for (const rule of rules.toReversed()) {
    if (rule.conditions !== undefined) attributesOf(rule.conditions as Condition, names);
    else if (rule.inverted && rule.level === "NONE") break;
  }
  return [...names];
}

/** Makes a verdict of a decided level: rendering, reason and rule. */
export function settle({
  field,
  level,
  decider,
}: {
  field: FieldDefinition;
  level: Disclosure;
  decider: AbilityRule | null;
}): Verdict {
  const disclosure = renderableAt(field, level);
  const rule = decider?.id ?? DEFAULT_DENY;
  if (disclosure === "CLEAR") return { disclosure, reason: null, rule };
  return { disclosure, reason: reasonOf(field, decider), rule };
}

function reasonOf(field: FieldDefinition, decider: AbilityRule | null): string {
  const origin = decider?.origin;
  if (origin?.kind === "stop" || origin?.kind === "refusal") return origin.reason;
  if (origin?.kind === "grant" && origin.reason !== null) return origin.reason;
  if (field.classification !== "PUBLIC") return `CLASS_${field.classification}`;
  return origin === undefined ? "NO_GRANT" : "PURPOSE_LIMITS";
}
