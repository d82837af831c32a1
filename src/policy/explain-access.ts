import { type FieldDefinition, typeIn } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { BoundPolicy, Subject } from "./ability.ts";
import type { AttributeValues } from "./condition.ts";
import type { Decisions } from "./decisions.ts";
import { type ConsideredRule, explainField, explainRow } from "./explain.ts";
import { type Remedy, whatWouldChange } from "./explain-changes.ts";
import { auditorText, callerText } from "./explain-text.ts";
import { compilePredicate } from "./matches.ts";
import { type FieldPlan, planFor } from "./plan.ts";
import { rowCondition } from "./row-condition.ts";
import { type Verdict, verdictFor } from "./verdict.ts";

/** Why a caller gets what they get of one field of one row. */
export interface AccessExplanation {
  readonly isVisible: boolean;
  /** What is answered: that of the row where the row is hidden. */
  readonly verdict: Verdict;
  /** Rules about the row, the highest priority first. */
  readonly rowRules: readonly ConsideredRule[];
  /** Rules about the field, the highest priority first. */
  readonly fieldRules: readonly ConsideredRule[];
  /** Small changes that would give more. */
  readonly remedies: readonly Remedy[];
  /** For auditors: rules, reasons and what the row has to do with it. */
  readonly auditorText: string;
  /** For the caller: the same for every row, so that it betrays nothing about one. */
  readonly callerText: string;
}

/** Explains what is decided about a field of a loaded row, and what would change it. */
export function explainAccess(
  decisions: Decisions,
  row: AttributeValues,
  field: FieldDefinition,
): AccessExplanation {
  const { bound } = decisions;
  const subject: Subject = { ...row, __typename: field.type };
  const { isVisible, reason, rule } = decisions.rowVerdict(field.type, row);
  const { verdict, rules } = explainField(bound, subject, field);
  const answered = isVisible ? verdict : { disclosure: "NONE" as const, reason, rule };
  const rowRules = explainRow(bound, subject, rule);
  const remedies = whatWouldChange({
    bound,
    row: subject,
    field,
    from: answered.disclosure,
    judge: (changed) => givenOn(changed, field),
    changesRow: true,
  });
  return {
    isVisible,
    verdict: answered,
    rowRules,
    fieldRules: isVisible ? rules : rules.map((one) => ({ ...one, decided: false })),
    remedies,
    auditorText: auditorText({
      bound,
      field,
      verdict: answered,
      rules: [...rowRules, ...rules],
      remedies,
    }),
    callerText: textForCaller(bound, field),
  };
}

/**
 * What a caller may be told of a field: nothing in it comes from a row, so it is the same whatever
 * row they ask about, and whether there is one.
 */
export function textForCaller(bound: BoundPolicy, field: FieldDefinition): string {
  const noRow: Subject = { __typename: field.type };
  const plan = planOfField(bound, field);
  const best = bestOf(bound, field);
  const remedies = whatWouldChange({
    bound,
    row: noRow,
    field,
    from: best,
    judge: (changed) => bestOf(changed.bound, field),
    changesRow: false,
  });
  return callerText({ bound, field, best, variesByRow: plan.possible.size > 1, remedies });
}

/** What is given of a field of a row that may be hidden. */
function givenOn(
  { bound, row }: { bound: BoundPolicy; row: Subject },
  field: FieldDefinition,
): Disclosure {
  const isVisible = compilePredicate(rowCondition(bound.ability, "see", field.type))(row);
  return isVisible ? verdictFor(bound, row, field).disclosure : "NONE";
}

/** The most that any row gives; nothing where no row is seen at all. */
function bestOf(bound: BoundPolicy, field: FieldDefinition): Disclosure {
  const rows = rowCondition(bound.ability, "see", field.type);
  const seesNone = rows.kind === "always" && !rows.value;
  return seesNone ? "NONE" : planOfField(bound, field).best.disclosure;
}

function planOfField(bound: BoundPolicy, field: FieldDefinition): FieldPlan {
  const type = typeIn(bound.catalog, field.type);
  const plan = planFor(bound, { ...type, fields: new Map([[field.name, field]]) });
  return plan.get(field.name) as FieldPlan;
}
