import { attributesFor, type Catalog, type TypeDefinition } from "../classification/catalog.ts";
import type { Category } from "../classification/classification.ts";
import { type Disclosure, rankOf } from "../classification/disclosure.ts";
import { type AbilityRule, boundRules, circumstancesOf } from "./ability.ts";
import { ALWAYS, type Condition } from "./condition.ts";
import { distinctRows } from "./distinct-rows.ts";
import { type Policy, POLICY_SUBJECT, type PolicyRule } from "./rule.ts";
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
  const known = new Map<string, TypeSurvey>();
  const names = [...new Set([...catalog.values()].flatMap(({ fields }) => [...fields.keys()]))];
  for (const { role, purpose, callers } of surveyedPairs(policy, names, now)) {
    for (const caller of callers) {
      const bound = boundRules(policy, circumstancesOf({ policy, catalog, caller, now }));
      noteVerbsWithoutRows(bound, rules);
      const bySubject = Map.groupBy(bound, ({ subject }) => subject);
      for (const type of catalog.values()) {
        const about = bySubject.get(type.name) ?? [];
        // Whoever is bound alike is decided alike: who lacks what no rule reads, in any role.
        const key = `${type.name} ${textOf(about)}`;
        const surveyed =
          known.get(key) ?? surveyType({ type, bound: about, catalog, records: rules });
        known.set(key, surveyed);
        if (type.name !== "Customer") continue;
        for (const [category, levels] of surveyed.shown) {
          const of = outcomeKey(role, purpose, category);
          const all = outcomes.get(of) ?? new Set();
          for (const level of levels) all.add(level);
          outcomes.set(of, all);
        }
      }
    }
  }
  return { rules, outcomes, isWhole: [...known.values()].every(({ isWhole }) => isWhole) };
}

/** Texts by the bound rule: most are bound once for everybody. */
const texts = new WeakMap<AbilityRule, string>();

/** All by which bound rules decide. */
function textOf(bound: readonly AbilityRule[]): string {
  const textOfOne = (rule: AbilityRule): string => {
    let text = texts.get(rule);
    if (text === undefined) texts.set(rule, (text = JSON.stringify({ ...rule, origin: null })));
    return text;
  };
  return bound.map(textOfOne).join();
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
  readonly type: TypeDefinition;
  readonly bound: readonly AbilityRule[];
  readonly catalog: Catalog;
  readonly records: ReadonlyMap<PolicyRule, RuleRecord>;
}

/** What callers who are bound alike are shown of one type. */
interface TypeSurvey {
  readonly shown: ReadonlyMap<Category, ReadonlySet<Disclosure>>;
  readonly isWhole: boolean;
}

interface Step {
  readonly rule: AbilityRule;
  /** Position among the steps of the caller and type. */
  readonly index: number;
  readonly record: RuleRecord;
}

function surveyType({ type, bound, catalog, records }: Round): TypeSurvey {
  const levels = new Map<Category, Set<Disclosure>>();
  const note = (category: Category, level: Disclosure): void =>
    void levels.set(category, (levels.get(category) ?? new Set()).add(level));
  const steps = bound.map((rule, index): Step => {
    const record = records.get(rule.origin) ?? newRecord();
    record.isBound = true;
    return { rule, index, record };
  });
  const groups = groupsOf(type, steps);
  if (!steps.some(({ rule }) => rule.origin.kind === "row")) {
    // No row is shown; the rows are made only for rules that were never seen to hold.
    for (const { category } of groups) note(category, "NONE");
    if (steps.every(({ record }) => record.holds)) return { shown: levels, isWhole: true };
  }
  const showing = steps.filter(({ rule }) => isShowing(rule.origin));
  const besides = steps.filter(({ rule }) => rule.origin.kind === "row" && !isShowing(rule.origin));
  const hiding = steps.filter(({ rule }) => isHiding(rule)).reverse();
  const { rows, isWhole } = distinctRows(bound.map(conditionOf), attributesFor(catalog, type));
  for (const { truths } of rows) {
    const isTrue = ({ index }: Step): boolean => truths[index] === true;
    for (const step of steps) if (isTrue(step)) step.record.holds = true;
    const isVisible = surveyRow({ showing, hiding, isTrue });
    if (!isVisible) for (const step of besides) if (isTrue(step)) step.record.matters = true;
    for (const group of groups) surveyGroup({ group, isTrue, isVisible, note });
  }
  return { shown: levels, isWhole };
}

/** Whether a rule shows rows, and does not merely let them be counted or asked about. */
function isShowing(rule: PolicyRule): boolean {
  return rule.kind === "row" && (rule.may ?? "see") === "see";
}

/** Whether a rule hides rows, one by one or all of them. */
function isHiding({ origin, level }: AbilityRule): boolean {
  return level === undefined && (origin.kind === "row-stop" || origin.kind === "refusal");
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
