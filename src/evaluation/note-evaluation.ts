import type { RequestContext } from "../graphql/context.ts";
import type { FieldAccess } from "../graphql/field-access.ts";

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
  readonly row: {
    readonly isVisible: boolean;
    readonly reason: string | null;
    readonly rule: string;
  } | null;
  readonly fields: readonly FieldAccess[];
  /** How many principals, rows or actions a search answered; null for anything else. */
  readonly found: number | null;
}

/**
 * The one place at which every question about others is told to the decision log, with what it was
 * answered, over GraphQL and AuthZEN alike. (Until the log is there nothing is kept.)
 */
export function noteEvaluation(_note: {
  context: RequestContext;
  question: NotedQuestion;
  outcome: NotedOutcome;
}): void {}
