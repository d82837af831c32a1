import type { DecisionRecord } from "../audit/decision-record.ts";
import { type FieldDefinition, fieldIn, typeIn } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import type { AccessExplanationResult } from "../evaluation/explanation.types.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { DecisionExplanation, ReplayDifference } from "./explain-decision.types.ts";
import { ReplayHindrance } from "./explain-decision.types.ts";
import { agrees, type FieldReplay, isAboutRows, isReplayable, replayed } from "./judge-record.ts";
import { engineFor, policyOf } from "./policy-engines.ts";
import { recordedCallers } from "./recorded-callers.ts";
import { type RecordedRow, recordedRows } from "./recorded-rows.ts";

/** An explanation as plain data. */
type Told = Pick<DecisionExplanation, keyof DecisionExplanation>;

/** What is asked of a record. */
interface Asked {
  readonly record: DecisionRecord;
  readonly index: number;
  readonly field: string | null;
  readonly context: RequestContext;
}

/**
 * Makes a recorded decision once more: under its policy, law and time, for the caller and on the row
 * as they were.
 *
 * @throws BAD_USER_INPUT for a row or field that the record does not have
 */
export async function explainDecision(asked: Asked): Promise<DecisionExplanation> {
  const { record, index, context } = asked;
  const isOnRow = isAboutRows(record);
  if (index < 0 || (isOnRow && index >= record.rows.count))
    throw publicError("BAD_USER_INPUT", { field: "row" });
  const base: Told = {
    policyVersion: record.policyVersion,
    lawPack: record.lawPack,
    at: new Date(record.at),
    row: isOnRow ? index : null,
    circumstances: null,
    hindrance: null,
    agrees: null,
    differences: [],
    explanation: null,
  };
  const hindered = (hindrance: ReplayHindrance): DecisionExplanation => ({ ...base, hindrance });
  if (!isReplayable(record)) return hindered(ReplayHindrance.NOT_ABOUT_FIELDS);
  const rows = isOnRow ? await recordedRows([{ record, indexes: [index] }], context) : [];
  const row = rows[0]?.[0] ?? null;
  base.circumstances = row?.state ?? null;
  const missing = hindranceOf(record, row, context);
  if (missing !== null) return hindered(missing);
  const decisions = await decisionsOf(record, context);
  if (!("bound" in decisions)) return hindered(decisions.hindrance);
  return { ...base, ...judged(asked, decisions, row?.attributes ?? null) };
}

/** What of a row stands in the way; its state is only told to whom the row would be shown in it. */
function hindranceOf(
  { type }: DecisionRecord,
  row: RecordedRow | null,
  { decisions }: RequestContext,
): ReplayHindrance | null {
  if (row === null) return null;
  if (row.state === "MISMATCH") return ReplayHindrance.ROW_MISMATCH;
  if (row.attributes === null) return ReplayHindrance.ROW_GONE;
  return decisions.canSee(String(type), row.attributes) ? null : ReplayHindrance.NOT_TOLD;
}

async function decisionsOf(
  record: DecisionRecord,
  context: RequestContext,
): Promise<Decisions | { readonly hindrance: ReplayHindrance }> {
  const [policy, callers] = await Promise.all([
    policyOf(record.policyVersion, context),
    recordedCallers([record], context),
  ]);
  const caller = callers.get(record.caller.state);
  if (policy === null) return { hindrance: ReplayHindrance.POLICY_GONE };
  if (caller === undefined) return { hindrance: ReplayHindrance.CALLER_GONE };
  return engineFor(policy, context.catalog).decisionsFor(caller, new Date(record.at));
}

function judged(
  { record, field, context }: Asked,
  decisions: Decisions,
  row: AttributeValues | null,
): Pick<DecisionExplanation, "agrees" | "differences" | "explanation"> {
  const all = replayed(record, decisions, row);
  const differing = all.filter((one) => !agrees(one));
  const asked = explainedField({ record, field, context }, all);
  const isWhole = all.length === record.verdicts.flatMap(({ fields }) => fields).length;
  return {
    agrees: differing.length === 0 && isWhole && decisions.lawPack === record.lawPack,
    differences: differing.map(differenceOf),
    explanation: row === null || asked === null ? null : explanationOf(decisions, row, asked),
  };
}

/** The field that was asked about, or the first. */
function explainedField(
  { record, field, context }: Omit<Asked, "index">,
  all: readonly FieldReplay[],
): FieldDefinition | null {
  if (field === null) return all[0]?.field ?? null;
  const isRecorded = record.verdicts.some(({ fields }) => fields.includes(field));
  const type = typeIn(context.catalog, String(record.type));
  if (!isRecorded || !type.fields.has(field))
    throw publicError("BAD_USER_INPUT", { field: "field" });
  return fieldIn(type, field);
}

/** A difference as it is told. */
export function differenceOf({ field, recorded, replayed: now }: FieldReplay): ReplayDifference {
  return {
    field: field.name,
    from: recorded.disclosure,
    to: now.disclosure,
    reasonBefore: recorded.reason,
    reasonAfter: now.reason,
    ruleBefore: recorded.rule,
    ruleAfter: now.rule,
  };
}

function explanationOf(
  decisions: Decisions,
  row: AttributeValues,
  field: FieldDefinition,
): AccessExplanationResult {
  const { isVisible, verdict, rowRules, fieldRules, remedies, auditorText, callerText } =
    decisions.explain(row, field);
  return {
    policyVersion: decisions.policyVersion,
    lawPack: decisions.lawPack,
    at: decisions.bound.now,
    visible: isVisible,
    ...verdict,
    rowRules: rowRules.map((rule) => ({ ...rule, clauses: [...rule.clauses] })),
    fieldRules: fieldRules.map((rule) => ({ ...rule, clauses: [...rule.clauses] })),
    remedies: remedies.map((one) => ({ ...one, changes: [...one.changes] })),
    auditorText,
    callerText,
  };
}
