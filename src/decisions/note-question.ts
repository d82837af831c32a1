import { noteEvaluation } from "../evaluation/note-evaluation.ts";
import type { RequestContext } from "../graphql/context.ts";

/** Tells the log that somebody asked about what is in it. */
export function noteQuestion(
  context: RequestContext,
  {
    operation,
    rowId = null,
    found,
  }: {
    /** Name of the query. */
    operation: string;
    /** Id of the one record in question. */
    rowId?: string | null;
    /** How many records it was about. */
    found: number;
  },
): void {
  noteEvaluation({
    context,
    question: {
      operation,
      type: "Decision",
      rowId,
      subjectId: null,
      purpose: context.purpose ?? "",
      at: context.now,
      action: null,
      fields: [],
    },
    outcome: { isGiven: null, row: null, fields: [], found },
  });
}
