import type { FieldDefinition } from "../classification/catalog.ts";
import type { Decisions } from "./decisions.ts";
import { auditorText, callerText } from "./explain-text.ts";
import { isStopRule } from "./rule.ts";
import type { Verdict } from "./verdict.ts";

/**
 * A verdict in the words of `explainAccess`, without the search for what would change it: for answers
 * that hold many.
 *
 * @param field null for the verdict on the row itself: NONE where it is hidden, CLEAR where it is seen
 */
export function verdictInWords({
  decisions,
  field,
  verdict,
}: {
  decisions: Decisions;
  field: FieldDefinition | null;
  verdict: Verdict;
}): string {
  const { bound } = decisions;
  const decider = bound.policy.rules.find(({ id }) => id === verdict.rule);
  const rules =
    decider === undefined
      ? []
      : [{ ...decider, source: isStopRule(decider) ? decider.source : null }];
  return auditorText({ bound, field, verdict, rules, remedies: [] });
}

/**
 * What a caller may be told of a field: the same for every row and for none, as in `explainAccess`,
 * without what would change it.
 */
export function mostInWords(decisions: Decisions, field: FieldDefinition): string {
  const { best, possible } = decisions.fieldPlan(field);
  const seesNone = decisions.seesNoRow(field.type);
  return callerText({
    bound: decisions.bound,
    field,
    best: seesNone ? "NONE" : best.disclosure,
    variesByRow: possible.size > 1,
    remedies: [],
  });
}
