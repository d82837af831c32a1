import { attributesFor, type Catalog, type TypeDefinition } from "../classification/catalog.ts";
import type { Category } from "../classification/classification.ts";
import { type Disclosure, rankOf } from "../classification/disclosure.ts";
import type { Caller } from "../identity/caller.ts";
import { abilityFor, type AbilityRule } from "./ability.ts";
import { ALWAYS, type AttributeValues, type Condition } from "./condition.ts";
import { compilePredicate, type Predicate } from "./matches.ts";
import { type Policy, POLICY_SUBJECT, type PolicyRule } from "./rule.ts";
import { visitSmallWorld } from "./small-world.ts";
import { surveyedPairs } from "./survey-callers.ts";
import { type FieldGroup, groupsOf } from "./survey-fields.ts";

/** What became of one rule on all the rows and callers of a survey. */
export interface RuleRecord {
  /** It speaks to some caller, and holds on some row. */
  isBound: boolean;
  holds: boolean;
  /** Removing it would change something: it decides somewhere, or is the best grant there. */
  matters: boolean;
  /** For a grant, by category: how often it was the best one, and what capped it lower. */
  readonly best: Map<Category, { decided: boolean; readonly cappedBy: Set<string> }>;
}

/** What a policy comes to on rows and callers that stand for all others. */
export interface Survey {
  readonly rules: ReadonlyMap<PolicyRule, RuleRecord>;
  /** Levels at which a customer's fields are shown: by role, purpose and category. */
  readonly outcomes: ReadonlyMap<string, ReadonlySet<Disclosure>>;
  /** False where there were too many rows to make them all. */
  readonly isWhole: boolean;
}

/** Key of `Survey.outcomes`. */
export function outcomeKey(role: string, purpose: string, category: Category): string {
  return `${role} ${purpose} ${category}`;
}

/** The last survey of a policy: findings and coverage look at the same one. */
const surveys = new WeakMap<Policy, { catalog: Catalog; time: number; survey: Survey }>();

/** Decides every small world of every role and purpose, and writes down what each rule did. */
export function surveyPolicy(policy: Policy, catalog: Catalog, now: Date): Survey {
  const last = surveys.get(policy);
  if (last?.catalog === catalog && last.time === now.getTime()) return last.survey;
  const survey = takeSurvey(policy, catalog, now);
  surveys.set(policy, { catalog, time: now.getTime(), survey });
  return survey;
}

function takeSurvey(policy: Policy, catalog: Catalog, now: Date): Survey {
  const rules = new Map(policy.rules.map((rule) => [rule, newRecord()]));
  const outcomes = new Map<string, Set<Disclosure>>();
  let isWhole = true;
  const names = [...new Set([...catalog.values()].flatMap(({ fields }) => [...fields.keys()]))];
  for (const { role, purpose, callers } of surveyedPairs(policy, names, now)) {
    const seen = new Set<string>();
    for (const caller of callers) {
      const { rules: bound } = abilityFor({ policy, catalog, caller, now });
      // Who lacks what no rule reads is bound like who has it, and decided alike.
      const binding = JSON.stringify(bound.map((rule) => ({ ...rule, origin: null })));
      if (seen.has(binding)) continue;
      seen.add(binding);
      noteVerbsWithoutRows(bound, rules);
      for (const type of catalog.values()) {
        const round = { caller, type, bound: bound.filter((rule) => rule.subject === type.name) };
        const note = (category: Category, level: Disclosure): void => {
          if (type.name !== "Customer") return;
          const key = outcomeKey(role, purpose, category);
          outcomes.set(key, (outcomes.get(key) ?? new Set()).add(level));
        };
        isWhole = surveyType({ ...round, catalog, records: rules, note }) && isWhole;
      }
    }
  }
  return { rules, outcomes, isWhole };
}

/** What is about no row holds wherever it is bound. */
function noteVerbsWithoutRows(
  bound: readonly AbilityRule[],
  records: ReadonlyMap<PolicyRule, RuleRecord>,
): void {
  for (const { subject, origin } of bound) {
    const record = subject === POLICY_SUBJECT ? records.get(origin) : undefined;
    if (record !== undefined) record.isBound = record.holds = true;
  }
}

interface Round {
  readonly caller: Caller;
  readonly type: TypeDefinition;
  readonly bound: readonly AbilityRule[];
  readonly catalog: Catalog;
  readonly records: ReadonlyMap<PolicyRule, RuleRecord>;
  readonly note: (category: Category, level: Disclosure) => void;
}

interface Step {
  readonly rule: AbilityRule;
  /** Position among the steps of the caller and type. */
  readonly index: number;
  readonly record: RuleRecord;
  readonly holds: Predicate;
}

function surveyType({ type, bound, catalog, records, note }: Round): boolean {
  const steps = bound.map((rule, index): Step => {
    const record = records.get(rule.origin) ?? newRecord();
    record.isBound = true;
    return { rule, index, record, holds: compilePredicate(conditionOf(rule)) };
  });
  const groups = groupsOf(type, steps);
  const [shown] = steps.filter(({ rule }) => rule.origin.kind === "row");
  if (shown === undefined) {
    // No row is shown; the rows are made only for rules that were never seen to hold.
    for (const { category } of groups) note(category, "NONE");
    if (steps.every(({ record }) => record.holds)) return true;
  }
  const showing = steps.filter(({ rule }) => isShowing(rule.origin));
  const counting = steps.filter(
    ({ rule }) => rule.origin.kind === "row" && !isShowing(rule.origin),
  );
  const hiding = steps.filter(({ rule }) => isHiding(rule)).reverse();
  const truths = steps.map(() => false);
  const isTrue = ({ index }: Step): boolean => truths[index] === true;
  return visitSmallWorld(bound.map(conditionOf), attributesFor(catalog, type), (row) => {
    for (const step of steps) truths[step.index] = holdsOn(step, row);
    const isVisible = surveyRow({ showing, hiding, isTrue });
    if (!isVisible) for (const step of counting) if (isTrue(step)) step.record.matters = true;
    for (const group of groups) surveyGroup({ group, isTrue, isVisible, note });
  });
}

/** Whether a rule shows rows, and does not merely let them be counted. */
function isShowing(rule: PolicyRule): boolean {
  return rule.kind === "row" && rule.may !== "count";
}

/** Whether a rule hides rows, one by one or all of them. */
function isHiding({ origin, level }: AbilityRule): boolean {
  return level === undefined && (origin.kind === "row-stop" || origin.kind === "refusal");
}

function holdsOn({ holds, record }: Step, row: AttributeValues): boolean {
  const is = holds(row);
  if (is) record.holds = true;
  return is;
}

/** Whether the row is seen; the only rule that shows it matters, and the first stop that hides it. */
function surveyRow({
  showing,
  hiding,
  isTrue,
}: {
  showing: readonly Step[];
  hiding: readonly Step[];
  isTrue: (step: Step) => boolean;
}): boolean {
  const [first, ...others] = showing.filter(isTrue);
  if (first === undefined) return false;
  const stop = hiding.find(isTrue);
  if (stop !== undefined) stop.record.matters = true;
  else if (others.length === 0) first.record.matters = true;
  return stop === undefined;
}

function surveyGroup({
  group,
  isTrue,
  isVisible,
  note,
}: {
  group: FieldGroup<Step>;
  isTrue: (step: Step) => boolean;
  isVisible: boolean;
  note: (category: Category, level: Disclosure) => void;
}): void {
  const best = isVisible ? group.grants.find(isTrue) : undefined;
  let level: Disclosure = isVisible ? (best?.rule.level ?? "NONE") : "NONE";
  let decider: Step | undefined;
  for (const stop of isVisible ? group.stops : []) {
    if (!isTrue(stop)) continue;
    const cap = stop.rule.level ?? "NONE";
    const isLower = rankOf(cap) < rankOf(level) || (decider === undefined && cap === level);
    if (!isLower) continue;
    level = cap;
    decider = stop;
  }
  if (best !== undefined) writeDown({ best, decider, group });
  // Where nothing was granted a stop still gives the reason, and the reason is part of the answer.
  if (decider !== undefined) decider.record.matters = true;
  if (group.noted.has(level)) return;
  group.noted.add(level);
  for (const shown of group.shownAt(level)) note(group.category, shown);
}

function writeDown({
  best,
  decider,
  group,
}: {
  best: Step;
  decider: Step | undefined;
  group: FieldGroup<Step>;
}): void {
  best.record.matters = true;
  const { category } = group;
  const entry = best.record.best.get(category) ?? { decided: false, cappedBy: new Set<string>() };
  best.record.best.set(category, entry);
  if (decider === undefined || decider.rule.level === best.rule.level) entry.decided = true;
  else entry.cappedBy.add(decider.rule.id);
}

function conditionOf(rule: AbilityRule): Condition {
  return (rule.conditions as Condition | undefined) ?? ALWAYS;
}

function newRecord(): RuleRecord {
  return { isBound: false, holds: false, matters: false, best: new Map() };
}
