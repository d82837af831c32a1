import type { FieldDefinition } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { BoundPolicy, Subject } from "./ability.ts";
import { attributesOf, type Condition } from "./condition.ts";
import type { Decisions } from "./decisions.ts";
import { EACH_WORDS } from "./for-each.ts";
import { compilePredicate, isLoaded } from "./matches.ts";
import { isStopRule, type Policy, type Stage } from "./rule.ts";
import { DEFAULT_DENY } from "./verdict.ts";

/** What was decided about: a field that is read, or asked by; a row; or the whole request. */
export const DECIDED_ACTIONS = ["READ", "FILTER", "SORT", "ROW", "REQUEST"] as const;

/** One of them. */
export type DecidedAction = (typeof DECIDED_ACTIONS)[number];

/**
 * What the decision log will keep of one decision: who, why, about what, and what came of it. It
 * holds names, ids and codes, and never a value (domain 1, section 6).
 */
export interface DecisionEntry {
  readonly action: DecidedAction;
  /** Time of the request (UTC). */
  readonly at: Date;
  readonly policyVersion: string;
  readonly callerId: string;
  /** Roles of the caller, sorted. */
  readonly roles: readonly string[];
  readonly purpose: string | null;
  readonly type: string;
  /** Null where the decision was about the row or the request. */
  readonly field: string | null;
  /** Id of the row as it was asked for; null where none was. */
  readonly row: string | null;
  readonly disclosure: Disclosure;
  /** Null at CLEAR. */
  readonly reason: string | null;
  readonly rule: string;
  /** Where the deciding stop stands; null for what gives, and where no rule spoke. */
  readonly stage: Stage | null;
  /** Elevations (ids), disclosure cases and audits (codes) by which the deciding rule held for the row. */
  readonly under: readonly string[];
}

/** How much was given, why not more, and which rule said so. */
export interface Outcome {
  readonly disclosure: Disclosure;
  readonly reason: string | null;
  readonly rule: string;
}

/** What the decision log keeps of a decision. Pure: the same decision makes the same entry. */
export function decisionEntry({
  bound,
  action,
  type,
  field = null,
  row = null,
  outcome,
}: {
  bound: BoundPolicy;
  action: DecidedAction;
  type: string;
  field?: FieldDefinition | null;
  /** The row's attributes, of which the id alone is kept. */
  row?: Subject | null;
  outcome: Outcome;
}): DecisionEntry {
  const { caller, policy, now } = bound;
  const { disclosure, reason, rule } = outcome;
  const id = row?.["id"];
  return {
    action,
    at: now,
    policyVersion: policy.version,
    callerId: caller.id,
    roles: [...caller.roles].sort(),
    purpose: caller.purpose,
    type,
    field: field?.name ?? null,
    row: typeof id === "string" ? id : null,
    disclosure,
    reason,
    rule,
    stage: stageOf(policy, rule),
    under: row === null ? [] : itemsBehind({ bound, rule, field, row }),
  };
}

/** Where a rule stands that is a stop; null for what gives, and for what no rule said. */
export function stageOf(policy: Policy, rule: string): Stage | null {
  const known = stages.get(policy) ?? stagesIn(policy);
  stages.set(policy, known);
  return known.get(rule) ?? null;
}

const stages = new WeakMap<Policy, ReadonlyMap<string, Stage>>();

function stagesIn({ rules }: Policy): ReadonlyMap<string, Stage> {
  const stops = rules.filter(isStopRule);
  return new Map(stops.map(({ id, stage }) => [id, stage]));
}

/**
 * The same for a filter or sort that was refused: a reading in clear that was not given, since that
 * is what it is. The rule is the one that keeps the field from being clear on every row.
 */
export function refusedPredicateEntry({
  decisions,
  action,
  field,
}: {
  decisions: Decisions;
  action: "FILTER" | "SORT";
  field: FieldDefinition;
}): DecisionEntry {
  const { best } = decisions.fieldPlan(field);
  const reason = `FIELD_${action}_FORBIDDEN`;
  const outcome: Outcome = { disclosure: "NONE", reason, rule: best.rule };
  return decisionEntry({ bound: decisions.bound, action, type: field.type, field, outcome });
}

/** The same for a row that was asked for by its id, or for a request that was refused as a whole. */
export function rowEntry({
  decisions,
  row,
}: {
  decisions: Decisions;
  row: Subject;
}): DecisionEntry {
  const { isVisible, reason, rule } = decisions.rowVerdict(row.__typename, row);
  return decisionEntry({
    bound: decisions.bound,
    action: decisions.refusal === null ? "ROW" : "REQUEST",
    type: row.__typename,
    row,
    outcome: { disclosure: isVisible ? "CLEAR" : "NONE", reason, rule },
  });
}

/** Ids of the rules that are bound once for each of something: only these have items behind them. */
export function rulesWithItems(bound: BoundPolicy): ReadonlySet<string> {
  const known =
    withItems.get(bound) ??
    new Set(bound.rules.filter(({ each }) => each !== undefined).map(({ id }) => id));
  withItems.set(bound, known);
  return known;
}

const withItems = new WeakMap<BoundPolicy, ReadonlySet<string>>();

/** Elevations (ids) and disclosure cases (codes) by which a rule holds for a row, or would in general. */
export function itemsBehind({
  bound,
  rule,
  field,
  row,
}: {
  bound: BoundPolicy;
  rule: string;
  field: FieldDefinition | null;
  row: Subject;
}): string[] {
  if (rule === DEFAULT_DENY) return [];
  const names = bound.rules.flatMap(({ id, each, subject, fields, conditions }) => {
    if (id !== rule || each === undefined || subject !== row.__typename) return [];
    if (field !== null && fields?.includes(field.name) !== true) return [];
    const condition = conditions as Condition | undefined;
    if (condition !== undefined && !holdsOn(condition, row)) return [];
    return [String(each.values[EACH_WORDS[each.of].name])];
  });
  return [...new Set(names)].sort();
}

function holdsOn(condition: Condition, row: Subject): boolean {
  return isLoaded(row, [...attributesOf(condition)]) && compilePredicate(condition)(row);
}
