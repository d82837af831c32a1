import type { Disclosure } from "../classification/disclosure.ts";
import { rankOf } from "../classification/disclosure.ts";
import type { AbilityRule } from "./ability.ts";
import {
  ALWAYS,
  allOf,
  anyOf,
  type AttributeValues,
  type Condition,
  isConstant,
  not,
} from "./condition.ts";
import { type Predicate, predicateOf } from "./matches.ts";
import { attributesReadBy } from "./verdict.ts";

/** One way in which the disclosure of a field can be decided. */
export interface Outcome {
  readonly level: Disclosure;
  /** Null where no rule spoke. */
  readonly rule: AbilityRule | null;
}

/** A rule that is asked about the row, and the outcome where it holds. */
export interface Step {
  readonly condition: Condition;
  readonly holds: Predicate;
  readonly rank: number;
  /** Place among the outcomes. */
  readonly outcome: number;
}

/**
 * What the same rules come to for every field about which they speak: the outcomes that there can be,
 * and the order in which rows are asked for them. How a field looks at a level is the field's own.
 */
export interface Ruling {
  /** Row attributes that the decision reads. */
  readonly attributes: readonly string[];
  readonly outcomes: readonly Outcome[];
  /** What gives, the highest level first; idle ones are left out. */
  readonly grants: readonly Step[];
  /** Outcome where nothing gives. */
  readonly none: number;
  /** What takes away, the lowest level first: the first that holds decides. */
  readonly stops: readonly Step[];
  /** Rows on which the level is CLEAR. */
  readonly clearWhen: Condition;
}

/**
 * Makes a ruling of rules about a field, in the order in which CASL reads them. Where stops of several
 * levels hold, the lowest level decides, by the stop that CASL asks first; a stop above what is given
 * changes nothing.
 */
export function rulingOf(rules: readonly AbilityRule[]): Ruling {
  // Turned round first, so that of equal levels the last rule comes first, as in CASL.
  const turned = rules.toReversed();
  const grants = cutAfterAlways(
    turned.filter(({ inverted }) => inverted !== true).sort((a, b) => rankIn(b) - rankIn(a)),
  );
  const asked = turned.filter(({ inverted }) => inverted === true);
  const stops = asked.toSorted((a, b) => rankIn(a) - rankIn(b));
  const none = grants.length;
  const outcomes: Outcome[] = [
    ...grants.map(outcomeOf),
    { level: "NONE", rule: null },
    ...stops.map(outcomeOf),
  ];
  return {
    attributes: attributesReadBy(rules),
    outcomes,
    grants: grants.map((rule, at) => stepOf(rule, at)),
    none,
    stops: stops.map((rule, at) => stepOf(rule, none + 1 + at)),
    clearWhen: clearCondition(grants, asked),
  };
}

/** The outcome for a row of which every attribute is loaded, as its place among the outcomes. */
export function outcomeFor(
  { grants, none, stops, outcomes }: Ruling,
  row: AttributeValues,
): number {
  let given = none;
  for (const grant of grants) {
    if (grant.holds(row)) {
      given = grant.outcome;
      break;
    }
  }
  const rank = rankOf((outcomes[given] as Outcome).level);
  for (const stop of stops) {
    if (stop.rank > rank) break;
    if (stop.holds(row)) return stop.outcome;
  }
  return given;
}

/** The most that any row gets: the best grant holds, and no stop but those that always do. */
export function bestOutcome({ grants, none, stops, outcomes }: Ruling): number {
  const given = grants[0]?.outcome ?? none;
  const rank = rankOf((outcomes[given] as Outcome).level);
  const sure = stops.find((stop) => isConstant(stop.condition, true));
  return sure === undefined || sure.rank > rank ? given : sure.outcome;
}

/** Ranks of every level that a grant or a stop may end at, none above the best grant or the surest stop. */
export function possibleRanks({ grants, stops }: Ruling): ReadonlySet<number> {
  const best = grants[0]?.rank ?? 0;
  const sure = stops.find((stop) => isConstant(stop.condition, true));
  const cap = Math.min(best, sure?.rank ?? best);
  const isSureGrant = grants.some((step) => isConstant(step.condition, true));
  const ranks = new Set(isSureGrant ? [] : [0]);
  for (const { rank } of grants) ranks.add(Math.min(rank, cap));
  for (const { rank } of stops) ranks.add(Math.min(rank, cap));
  return ranks;
}

function rankIn({ level }: AbilityRule): number {
  return rankOf(level ?? "NONE");
}

function outcomeOf(rule: AbilityRule): Outcome {
  return { level: rule.level ?? "NONE", rule };
}

function conditionOf({ conditions }: AbilityRule): Condition {
  return (conditions as Condition | undefined) ?? ALWAYS;
}

function stepOf(rule: AbilityRule, outcome: number): Step {
  const condition = conditionOf(rule);
  return { condition, holds: predicateOf(condition), rank: rankIn(rule), outcome };
}

/** A grant that always holds makes every lower one idle. */
function cutAfterAlways(grants: readonly AbilityRule[]): readonly AbilityRule[] {
  const last = grants.findIndex((rule) => isConstant(conditionOf(rule), true));
  return last === -1 ? grants : grants.slice(0, last + 1);
}

function clearCondition(grants: readonly AbilityRule[], stops: readonly AbilityRule[]): Condition {
  const granted = grants.filter(({ level }) => level === "CLEAR").map(conditionOf);
  const stopped = stops.filter(({ level }) => level !== "CLEAR").map(conditionOf);
  return allOf([anyOf(granted), not(anyOf(stopped))]);
}
