import type { DecisionRecord } from "../audit/decision-record.ts";
import { type FieldDefinition, typeIn } from "../classification/catalog.ts";
import { directionOf } from "../policy/diff.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { Verdict } from "../policy/verdict.ts";

/** What was recorded of a field, and what is decided when it is asked once more. */
export interface FieldReplay {
  readonly field: FieldDefinition;
  readonly recorded: Verdict;
  readonly replayed: Verdict;
}

/** Ways of asking by a field that records know. */
const PREDICATES: ReadonlySet<string> = new Set(["FILTER", "SORT", "GROUP"]);

/** Whether a record is about fields, so that it can be decided once more. */
export function isReplayable({ action, type, verdicts }: DecisionRecord): boolean {
  return type !== null && verdicts.length > 0 && (action === "READ" || PREDICATES.has(action));
}

/** Whether it was decided on rows, of which the state is needed. */
export function isAboutRows({ action }: DecisionRecord): boolean {
  return action === "READ";
}

/**
 * Decides once more about every field of a record, on one of its rows where it is about rows.
 *
 * @param row all attributes that rules read; null for a record that is about none
 */
export function replayed(
  record: DecisionRecord,
  decisions: Decisions,
  row: AttributeValues | null,
): FieldReplay[] {
  const { type: name, verdicts, action } = record;
  if (name === null || !decisions.bound.catalog.has(name)) return [];
  const type = typeIn(decisions.bound.catalog, name);
  const judge = row === null ? byPlan(decisions, action) : onRow(decisions, name, row);
  return verdicts.flatMap(({ fields, disclosure, reason, rule }) =>
    fields.flatMap((one) => {
      const field = type.fields.get(one);
      const recorded = { disclosure, reason, rule };
      return field === undefined ? [] : [{ field, recorded, replayed: judge(field) }];
    }),
  );
}

/** Whether the same was decided, for the same reason and by the same rule. */
export function agrees({ recorded, replayed: now }: FieldReplay): boolean {
  return (
    recorded.disclosure === now.disclosure &&
    recorded.reason === now.reason &&
    recorded.rule === now.rule
  );
}

/** Whether more or less is given than was; null where it is as much. */
export function changeOf({ recorded, replayed: now }: FieldReplay): "WIDER" | "NARROWER" | null {
  if (recorded.disclosure === now.disclosure) return null;
  const change = { from: recorded.disclosure, to: now.disclosure };
  return directionOf(change) === "WIDER" ? "WIDER" : "NARROWER";
}

type JudgeField = (field: FieldDefinition) => Verdict;

function onRow(decisions: Decisions, type: string, row: AttributeValues): JudgeField {
  const { isVisible, reason, rule } = decisions.rowVerdict(type, row);
  if (!isVisible) return () => ({ disclosure: "NONE", reason, rule });
  return (field) => decisions.fieldPlan(field).decide(row);
}

/** To choose or order rows by a field is to read it in clear, on some rows or on none. */
function byPlan(decisions: Decisions, action: string): JudgeField {
  return (field) => {
    const { best } = decisions.fieldPlan(field);
    return best.disclosure === "CLEAR"
      ? { disclosure: "CLEAR", reason: null, rule: best.rule }
      : { disclosure: "NONE", reason: `FIELD_${action}_FORBIDDEN`, rule: best.rule };
  };
}
