import type { FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import { DISCLOSURES, type Disclosure, rankOf } from "../classification/disclosure.ts";
import type { AbilityRule, BoundPolicy } from "./ability.ts";
import {
  ALWAYS,
  allOf,
  anyOf,
  type AttributeValues,
  type Condition,
  isConstant,
  not,
} from "./condition.ts";
import { compilePredicate, isLoaded, type Predicate } from "./matches.ts";
import { attributesReadFor, NOT_LOADED, settle, type Verdict } from "./verdict.ts";

/** The verdicts of one caller and purpose on one field: a constant, or a small decision on the row. */
export interface FieldPlan {
  readonly field: FieldDefinition;
  /** Set where every row gets the same verdict. */
  readonly constant: Verdict | null;
  /** Levels that some row may get; what can't happen needs not be loaded. */
  readonly possible: ReadonlySet<Disclosure>;
  /** Row attributes that the decision reads. */
  readonly attributes: readonly string[];
  /** The most that any row can get, where every grant holds and no conditional stop does. */
  readonly best: Verdict;
  /** Rows on which the field is CLEAR: filters and sorts hold on these rows only. */
  readonly clearWhen: Condition;
  /** The verdict on a row; the attributes must be there, else it is NONE. */
  readonly decide: (row: AttributeValues) => Verdict;
}

/** The plans of all fields of a type. */
export type Plan = ReadonlyMap<string, FieldPlan>;

interface Step {
  readonly level: Disclosure;
  readonly condition: Condition;
  readonly holds: Predicate;
  readonly rule: AbilityRule;
}

/** Compiles the verdicts on every field of a type into plans. Pure; built once per ability. */
export function planFor(bound: BoundPolicy, type: TypeDefinition): Plan {
  return new Map(
    [...type.fields.values()].map((field) => [field.name, planField(bound, field)] as const),
  );
}

function planField(bound: BoundPolicy, field: FieldDefinition): FieldPlan {
  const steps = stepsFor(bound, field);
  const grants = cutAfterAlways(
    // Reversed first, so that of equal levels the last rule comes first, as in CASL.
    steps
      .filter((step) => !step.rule.inverted)
      .reverse()
      .sort((a, b) => rankOf(b.level) - rankOf(a.level)),
  );
  // CASL reads from the last rule to the first; so do we.
  const stops = steps.filter((step) => step.rule.inverted).reverse();
  const attributes = attributesReadFor(bound, field);
  const decide = decider({ field, grants, stops });
  const constant = attributes.length === 0 ? decide({}) : null;
  return {
    field,
    constant,
    attributes,
    possible:
      constant === null ? possibleOf({ field, grants, stops }) : new Set([constant.disclosure]),
    best: constant ?? bestOf({ field, grants, stops }),
    clearWhen: clearCondition(grants, stops),
    decide:
      constant === null
        ? (row) => (isLoaded(row, attributes) ? decide(row) : NOT_LOADED)
        : () => constant,
  };
}

function stepsFor(bound: BoundPolicy, field: FieldDefinition): Step[] {
  return bound.rules
    .filter(
      (rule) =>
        rule.level !== undefined &&
        rule.subject === field.type &&
        rule.fields?.includes(field.name) === true,
    )
    .map((rule) => {
      const condition = (rule.conditions as Condition | undefined) ?? ALWAYS;
      return {
        level: rule.level as Disclosure,
        condition,
        holds: compilePredicate(condition),
        rule,
      };
    });
}

/** A grant that always holds makes every lower one idle. */
function cutAfterAlways(grants: readonly Step[]): Step[] {
  const last = grants.findIndex((step) => isConstant(step.condition, true));
  return last === -1 ? [...grants] : grants.slice(0, last + 1);
}

interface Steps {
  readonly field: FieldDefinition;
  readonly grants: readonly Step[];
  readonly stops: readonly Step[];
}

/** The decision itself. Verdicts are made beforehand, so that deciding allocates nothing. */
function decider({ field, grants, stops }: Steps): (row: AttributeValues) => Verdict {
  const verdicts = new Map<AbilityRule | null, Map<Disclosure, Verdict>>();
  const verdictOf = (decided: AbilityRule | null, level: Disclosure): Verdict => {
    let byLevel = verdicts.get(decided);
    if (byLevel === undefined) verdicts.set(decided, (byLevel = new Map()));
    let verdict = byLevel.get(level);
    if (verdict === undefined)
      byLevel.set(level, (verdict = settle({ field, level, decider: decided })));
    return verdict;
  };
  return (row) => {
    const granted = grants.find((step) => step.holds(row)) ?? null;
    let level: Disclosure = granted?.level ?? "NONE";
    let decided = granted?.rule ?? null;
    let isStopped = false;
    for (const stop of stops) {
      if (rankOf(stop.level) > rankOf(level) || !stop.holds(row)) continue;
      // The first stop of a level gives the reason, and a lower one takes it away.
      if (isStopped && stop.level === level) continue;
      level = stop.level;
      decided = stop.rule;
      isStopped = true;
    }
    return verdictOf(decided, level);
  };
}

/** Every level that a grant or a stop may end at, nothing above the best grant or the surest stop. */
function possibleOf({ field, grants, stops }: Steps): ReadonlySet<Disclosure> {
  const sureCap = stops
    .filter((stop) => isConstant(stop.condition, true))
    .reduce((cap, stop) => Math.min(cap, rankOf(stop.level)), rankOf(grants[0]?.level ?? "NONE"));
  const isSureGrant = grants.some((step) => isConstant(step.condition, true));
  const ranks = new Set(
    [...grants, ...stops]
      .map((step) => Math.min(rankOf(step.level), sureCap))
      .concat(isSureGrant ? [] : [0]),
  );
  return new Set(
    [...ranks].map(
      (rank) => settle({ field, level: DISCLOSURES[rank] ?? "NONE", decider: null }).disclosure,
    ),
  );
}

function bestOf({ field, grants, stops }: Steps): Verdict {
  const held = grants.slice(0, 1).map((grant) => ({ ...grant, holds: () => true }));
  const sure = stops.filter((stop) => isConstant(stop.condition, true));
  return decider({ field, grants: held, stops: sure })({});
}

function clearCondition(grants: readonly Step[], stops: readonly Step[]): Condition {
  const granted = grants.filter((step) => step.level === "CLEAR").map((step) => step.condition);
  const stopped = stops.filter((stop) => stop.level !== "CLEAR").map((stop) => stop.condition);
  return allOf([anyOf(granted), not(anyOf(stopped))]);
}
