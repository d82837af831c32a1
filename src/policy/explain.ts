import type { FieldDefinition } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { AbilityRule, BoundPolicy, Subject } from "./ability.ts";
import { capOf, isSelected } from "./bind-stop.ts";
import { ALWAYS, type Condition } from "./condition.ts";
import type { Clause, ClausesOn, Test } from "./explain-clauses.ts";
import { clausesOfRule, testOf } from "./explain-rule.ts";
import { describeCondition } from "./explain-words.ts";
import type { EachItem } from "./for-each.ts";
import { inPriorityOrder } from "./priority.ts";
import { isStopRule, type PolicyRule, type Stage } from "./rule.ts";
import { type Verdict, verdictFor } from "./verdict.ts";

/** One rule that was considered, and what came of it. */
export interface ConsideredRule {
  readonly id: string;
  /**
   * `grant` raises to the level, `stop` caps at it; `row` shows a row, `row-stop` hides it; a
   * `refusal` is about the whole request.
   */
  readonly effect: "grant" | "stop" | "row" | "row-stop" | "refusal";
  /** Where a stop stands in the order; null for what gives. */
  readonly stage: Stage | null;
  /** Null for rules about rows. */
  readonly level: Disclosure | null;
  readonly about: string;
  /** The law or document behind a stop. */
  readonly source: string | null;
  /** Place in the documents, `file:line`. */
  readonly place: string;
  /** Whether it speaks about this caller at all, for this purpose. */
  readonly applies: boolean;
  /** The condition on the row in words. */
  readonly condition: string;
  /** Whether that holds for the row; null where an attribute was not loaded. */
  readonly holds: boolean | null;
  /** Every clause, those about the caller first. */
  readonly clauses: readonly Clause[];
  readonly decided: boolean;
}

/** Verdict and everything that was considered for it, the highest priority first. */
export interface Explanation {
  readonly verdict: Verdict;
  readonly rules: readonly ConsideredRule[];
}

/** Explains the verdict on one field of a loaded row, from the same rules that decide it. */
export function explainField(
  bound: BoundPolicy,
  row: Subject,
  field: FieldDefinition,
): Explanation {
  const verdict = verdictFor(bound, row, field);
  const rules = considered(rulesAboutField(bound, field), { row, decider: verdict.rule });
  return { verdict, rules };
}

/** Every rule about who sees rows of a type, with what came of it on one row. */
export function explainRow(
  bound: BoundPolicy,
  row: Subject,
  decider: string,
): readonly ConsideredRule[] {
  return considered(rulesAboutRows(bound, row.__typename), { row, decider });
}

/** A rule with everything that is the same for every row. */
interface PreparedRule {
  readonly rule: Omit<ConsideredRule, "holds" | "clauses" | "decided">;
  readonly item: EachItem | null;
  /** Null where the rule does not speak to the caller. */
  readonly holds: Test | null;
  readonly clauses: ClausesOn;
}

/** Rules that are considered together, and what came of them on rows before. */
interface PreparedRules {
  readonly rules: readonly PreparedRule[];
  /** Everything that is asked of a row. */
  readonly tests: readonly Test[];
  /** By the answers, which are all that tells one row from another here, and the decider. */
  readonly answers: Map<string, readonly ConsideredRule[]>;
}

/** Ways in which rows answered that are remembered; rows of one kind answer in few. */
const MOST_ANSWERS = 100;

function considered(
  { rules, tests, answers }: PreparedRules,
  { row, decider }: { row: Subject; decider: string },
): readonly ConsideredRule[] {
  let key = decider;
  for (const test of tests) {
    const holds = test(row);
    key += holds === null ? "?" : holds ? "+" : "-";
  }
  let those = answers.get(key);
  if (those === undefined) {
    if (answers.size >= MOST_ANSWERS) answers.clear();
    answers.set(key, (those = rules.map((prepared) => consideredOn(prepared, { row, decider }))));
  }
  return those;
}

function consideredOn(
  { rule, item, holds: holdsOn, clauses }: PreparedRule,
  { row, decider }: { row: Subject; decider: string },
): ConsideredRule {
  const holds = holdsOn === null ? false : holdsOn(row);
  const decided = rule.id === decider && (item === null || holds === true);
  return { ...rule, holds, clauses: clauses.on(row), decided };
}

/** What was made ready; gone with the decisions for which it was. */
const known = new WeakMap<BoundPolicy, Map<FieldDefinition | string, PreparedRules>>();

function knownOr(
  bound: BoundPolicy,
  of: FieldDefinition | string,
  prepareRules: () => readonly PreparedRule[],
): PreparedRules {
  let prepared = known.get(bound);
  if (prepared === undefined) known.set(bound, (prepared = new Map()));
  let those = prepared.get(of);
  if (those === undefined) {
    const rules = prepareRules();
    const asked = new Map(rules.flatMap(({ clauses }) => [...clauses.tests]));
    const tests = [...rules.flatMap(({ holds }) => holds ?? []), ...asked.values()];
    prepared.set(of, (those = { rules, tests, answers: new Map() }));
  }
  return those;
}

function rulesAboutField(bound: BoundPolicy, field: FieldDefinition): PreparedRules {
  return knownOr(bound, field, () =>
    inOrder(bound).flatMap((rule) => {
      if (!rule.types.includes(field.type)) return [];
      const level = levelOf(rule, field, bound);
      return level === null ? [] : prepareEach({ rule, type: field.type, field, level, bound });
    }),
  );
}

function rulesAboutRows(bound: BoundPolicy, type: string): PreparedRules {
  return knownOr(bound, type, () =>
    inOrder(bound)
      .filter(isAboutSight)
      .filter((rule) => rule.types.includes(type))
      .flatMap((rule) => prepareEach({ rule, type, field: null, level: null, bound })),
  );
}

/** Whether a rule says whether a row is there, rather than what may be asked about it for others. */
function isAboutSight(rule: PolicyRule): boolean {
  if (rule.kind === "row") return rule.may !== "ask";
  return rule.kind === "row-stop" || rule.kind === "refusal";
}

/** The order in which rules decide: stops by their stage, then what gives. */
function inOrder({ policy }: BoundPolicy): PolicyRule[] {
  return inPriorityOrder(policy.rules).all.toReversed();
}

/** The level at which a rule speaks about a field; null where it does not. */
function levelOf(
  rule: PolicyRule,
  field: FieldDefinition,
  { scope }: BoundPolicy,
): Disclosure | null {
  if (rule.kind === "grant") {
    const level = rule.levels.get(field.category) ?? "NONE";
    return level === "NONE" ? null : level;
  }
  if (rule.kind === "refusal") return "NONE";
  if (rule.kind !== "stop" || !isSelected(rule.fields, field)) return null;
  return capOf(rule, scope);
}

interface Preparing {
  readonly rule: PolicyRule;
  /** Type of the rows. */
  readonly type: string;
  /** Null for rules about rows. */
  readonly field: FieldDefinition | null;
  readonly level: Disclosure | null;
  readonly bound: BoundPolicy;
}

/** A rule that is bound for each of something is considered for each; once, where there is none. */
function prepareEach(preparing: Preparing): PreparedRule[] {
  const { rule, bound } = preparing;
  const { forEach } = rule;
  const those = bound.items.filter(({ of }) => of === forEach?.of);
  return those.length === 0
    ? [prepare(preparing, null)]
    : those.map((item) => prepare(preparing, item));
}

function prepare(preparing: Preparing, item: EachItem | null): PreparedRule {
  const { rule, level } = preparing;
  const isStop = isStopRule(rule);
  const spoken = spokenFor(preparing, item);
  const condition = (spoken?.conditions as Condition | undefined) ?? ALWAYS;
  return {
    rule: {
      id: rule.id,
      effect: rule.kind as ConsideredRule["effect"],
      stage: isStop ? rule.stage : null,
      level,
      about: rule.about,
      source: isStop ? rule.source : null,
      place: `${rule.file}:${rule.line}`,
      applies: spoken !== undefined,
      condition: spoken === undefined ? "not about this caller" : describeCondition(condition),
    },
    item,
    holds: spoken === undefined ? null : testOf(condition),
    clauses: clausesOfRule({ ...preparing, item }),
  };
}

/** What the rule came to for the caller, if it speaks to them. */
function spokenFor(
  { rule, type, field, bound }: Preparing,
  item: EachItem | null,
): AbilityRule | undefined {
  return bound.rules.find(
    ({ origin, subject, fields, each }) =>
      origin === rule &&
      (each ?? null) === item &&
      subject === type &&
      (field === null ? fields === undefined : fields?.includes(field.name)),
  );
}
