import { NO_ROWS, type RecordedRows, type RecordedVerdict } from "../audit/decision-record.ts";
import type { RequestContext } from "../graphql/context.ts";
import { stageOf } from "../policy/decision-entry.ts";
import type { RowVerdict } from "../policy/decisions.ts";
import type { Policy } from "../policy/rule.ts";
import type { Verdict } from "../policy/verdict.ts";
import type { FieldVerdict } from "./judge-row.ts";

/** What somebody asked about others. */
export interface NotedQuestion {
  /** Name of the operation: a query of the schema, or `authzen/evaluation`, `authzen/search/subject` … */
  readonly operation: string;
  /** Name of the guarded type; null where the asker named none about which it may ask. */
  readonly type: string | null;
  /** Id of the row in question; null for a supposed row, and where many were judged. */
  readonly rowId: string | null;
  /** Id of the principal in question; null for a supposed one, and where many were judged. */
  readonly subjectId: string | null;
  /** Purpose of the supposed act; null where none that policy knows was named. */
  readonly purpose: string | null;
  /** Time of the supposed act. */
  readonly at: Date;
  /** What they would do, such as `see` or `partial`; null where only the verdicts were asked. */
  readonly action: string | null;
  /** Names of the fields in question; empty where it was only about rows. */
  readonly fields: readonly string[];
}

/** What they were answered: verdicts, and never a value. */
export interface NotedOutcome {
  /** Whether the action was given; null where none was asked. False where something was not found. */
  readonly isGiven: boolean | null;
  /** Deciding rule and reason of the row; null where many rows or principals were judged. */
  readonly row: RowVerdict | null;
  readonly fields: readonly FieldVerdict[];
  /** How many principals, rows or actions a search answered; null for anything else. */
  readonly found: number | null;
}

/**
 * The one place at which every question about others is told to the journal, with what it was answered,
 * over GraphQL and AuthZEN alike.
 */
export function noteEvaluation({
  context,
  question,
  outcome,
}: {
  context: RequestContext;
  question: NotedQuestion;
  outcome: NotedOutcome;
}): void {
  const { caller, decisions, journal } = context;
  const { operation, subjectId, purpose, at, action, fields } = question;
  const { isGiven, row, found } = outcome;
  const { policy } = decisions.bound;
  journal.evaluated({
    type: question.type,
    verdicts: verdictsIn(outcome, policy),
    concerned: caller.servedOrganisationIds,
    rows: rowIn(question, context),
    about: {
      operation,
      subject: subjectId,
      purpose,
      at: at.toISOString(),
      action,
      fields,
      given: isGiven,
      ...(row !== null && { visible: row.isVisible }),
      ...(found !== null && { found }),
    },
  });
}

/** The row in question; a customer is named by reference. */
function rowIn({ type, rowId }: NotedQuestion, { references }: RequestContext): RecordedRows {
  if (rowId === null) return NO_ROWS;
  if (type !== "Customer") return { ...NO_ROWS, count: 1, ids: [rowId] };
  const reference = references.referenceOf(rowId);
  return { ...NO_ROWS, count: 1, customers: reference === null ? [] : [reference] };
}

/** Fields that were decided alike, together; the row itself where it was about no field. */
function verdictsIn({ row, fields }: NotedOutcome, policy: Policy): RecordedVerdict[] {
  const alike = new Map<string, FieldVerdict[]>();
  for (const one of fields) {
    const key = JSON.stringify([one.disclosure, one.reason, one.rule]);
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  const recorded = ({ disclosure, reason, rule }: Verdict, names: string[]): RecordedVerdict => {
    const stage = stageOf(policy, rule);
    return { fields: names.sort(), disclosure, reason, rule, stage, under: [] };
  };
  const ofRow = row === null || fields.length > 0 ? [] : [recorded(verdictOf(row), [])];
  const ofFields = [...alike.values()].flatMap(([one, ...others]) =>
    one === undefined
      ? []
      : [
          recorded(
            one,
            [one, ...others].map(({ field }) => field),
          ),
        ],
  );
  return [...ofRow, ...ofFields];
}

function verdictOf({ isVisible, reason, rule }: RowVerdict): Verdict {
  return { disclosure: isVisible ? "CLEAR" : "NONE", reason, rule };
}
