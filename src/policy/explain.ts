import type { FieldDefinition } from "../classification/catalog.ts";
import { type Disclosure, isDisclosure } from "../classification/disclosure.ts";
import { type BoundPolicy, inPriorityOrder, isSelected, type Subject } from "./ability.ts";
import { callerAttributes } from "./caller-attributes.ts";
import { ALWAYS, attributesOf, type Condition } from "./condition.ts";
import { type Clause, clausesOf } from "./explain-clauses.ts";
import { describeCondition } from "./explain-words.ts";
import { compilePredicate, isLoaded } from "./matches.ts";
import type { FieldStop, Grant, PolicyRule, Stage } from "./rule.ts";
import { isReference, lookUp } from "./template.ts";
import { type Verdict, verdictFor } from "./verdict.ts";

/** One rule that was considered, and what came of it. */
export interface ConsideredRule {
  readonly id: string;
  /** `grant` raises to the level, `stop` caps at it; `row` shows a row, `row-stop` hides it. */
  readonly effect: "grant" | "stop" | "row" | "row-stop";
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
      : [considered({ rule, field, level, bound, row, decider: verdict.rule })];
  });
  return { verdict, rules };
}

/** Every rule about who sees rows of a type, with what came of it on one row. */
export function explainRow(bound: BoundPolicy, row: Subject, decider: string): ConsideredRule[] {
  return inOrder(bound)
    .filter((rule) => rule.kind === "row" || rule.kind === "row-stop")
    .filter((rule) => rule.types.includes(row.__typename))
    .map((rule) => considered({ rule, field: null, level: null, bound, row, decider }));
}

/** The order in which rules decide: stops by their stage, then what gives. */
function inOrder({ policy }: BoundPolicy): PolicyRule[] {
  return inPriorityOrder(policy.rules).toReversed();
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
  if (rule.kind !== "stop" || !isSelected(rule.fields, field)) return null;
  return capOf(rule, scope);
}

function capOf(stop: FieldStop, scope: BoundPolicy["scope"]): Disclosure {
  const cap = isReference(stop.atMost) ? lookUp(stop.atMost, scope) : stop.atMost;
  return isDisclosure(cap) ? cap : "NONE";
}

/** A grant that is narrowed to listed fields holds for those alone. */
function listedClause(grant: Grant, field: FieldDefinition, { scope }: BoundPolicy): Clause[] {
  if (grant.onlyFields === null) return [];
  const listed = lookUp(grant.onlyFields, scope);
  const holds = Array.isArray(listed) && listed.includes(field.name);
  return [{ of: "CALLER", depth: 0, text: `${field.name} is a listed field`, holds }];
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

function considered({ rule, field, level, bound, row, decider }: Considering): ConsideredRule {
  const isStop = rule.kind === "stop" || rule.kind === "row-stop";
  const spoken = bound.rules.find(
    ({ origin, subject, fields }) =>
      origin === rule &&
      subject === row.__typename &&
      (field === null || fields?.includes(field.name)),
  );
  const condition = (spoken?.conditions as Condition | undefined) ?? ALWAYS;
  const isLoadedFor = isLoaded(row, [...attributesOf(condition)]);
  const holds = isLoadedFor ? compilePredicate(condition)(row) : null;
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
    holds: spoken === undefined ? false : holds,
    clauses: allClauses({ rule, field, bound, row, isStop }),
    decided: rule.id === decider,
  };
}

function allClauses({
  rule,
  field,
  bound,
  row,
  isStop,
}: Pick<Considering, "rule" | "field" | "bound" | "row"> & { isStop: boolean }): Clause[] {
  const { scope } = bound;
  const caller = callerAttributes(bound);
  return [
    ...clausesOf({ of: "CALLER", template: rule.caller, values: caller, scope, isStop }),
    ...(rule.kind === "grant" && field !== null ? listedClause(rule, field, bound) : []),
    ...clausesOf({ of: "ROW", template: rule.when, values: row, scope, isStop }),
  ];
}
