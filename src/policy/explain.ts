import type { FieldDefinition } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { BoundPolicy, Subject } from "./ability.ts";
import { capOf, isSelected } from "./bind-stop.ts";
import { ALWAYS, attributesOf, type Condition } from "./condition.ts";
import type { Clause } from "./explain-clauses.ts";
import { clausesOfRule } from "./explain-rule.ts";
import { describeCondition } from "./explain-words.ts";
import type { EachItem } from "./for-each.ts";
import { compilePredicate, isLoaded } from "./matches.ts";
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
  const rules = inOrder(bound).flatMap((rule) => {
    if (!rule.types.includes(field.type)) return [];
    const level = levelOf(rule, field, bound);
    return level === null
      ? []
      : consideredEach({ rule, field, level, bound, row, decider: verdict.rule });
  });
  return { verdict, rules };
}

/** Every rule about who sees rows of a type, with what came of it on one row. */
export function explainRow(bound: BoundPolicy, row: Subject, decider: string): ConsideredRule[] {
  return inOrder(bound)
    .filter(isAboutSight)
    .filter((rule) => rule.types.includes(row.__typename))
    .flatMap((rule) => consideredEach({ rule, field: null, level: null, bound, row, decider }));
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

interface Considering {
  readonly rule: PolicyRule;
  /** Null for rules about rows. */
  readonly field: FieldDefinition | null;
  readonly level: Disclosure | null;
  readonly bound: BoundPolicy;
  readonly row: Subject;
  readonly decider: string;
}

/** A rule that is bound for each of something is considered for each; once, where there is none. */
function consideredEach(considering: Considering): ConsideredRule[] {
  const { rule, bound } = considering;
  const { forEach } = rule;
  const those = bound.items.filter(({ of }) => of === forEach?.of);
  return those.length === 0
    ? [considered(considering, null)]
    : those.map((item) => considered(considering, item));
}

function considered(considering: Considering, item: EachItem | null): ConsideredRule {
  const { rule, field, level, bound, row, decider } = considering;
  const isStop = isStopRule(rule);
  const spoken = bound.rules.find(
    ({ origin, subject, fields, each }) =>
      origin === rule &&
      (each ?? null) === item &&
      subject === row.__typename &&
      (field === null ? fields === undefined : fields?.includes(field.name)),
  );
  const condition = (spoken?.conditions as Condition | undefined) ?? ALWAYS;
  const isLoadedFor = isLoaded(row, [...attributesOf(condition)]);
  const holds =
    spoken === undefined ? false : isLoadedFor ? compilePredicate(condition)(row) : null;
  return {
    id: rule.id,
    effect: rule.kind as ConsideredRule["effect"],
    stage: isStop ? rule.stage : null,
    level,
    about: rule.about,
    source: isStop ? rule.source : null,
    place: `${rule.file}:${rule.line}`,
    applies: spoken !== undefined,
    condition: spoken === undefined ? "not about this caller" : describeCondition(condition),
    holds,
    clauses: clausesOfRule({ rule, field, bound, row, item }),
    decided: rule.id === decider && (item === null || holds === true),
  };
}
