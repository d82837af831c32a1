import { noteEvaluation } from "../evaluation/note-evaluation.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { Found, FoundCircumstances } from "./found-parts.ts";
import type { NamedResource } from "./resource-types.ts";
import type { SearchResponse } from "./search-page.ts";

/** Tells the decision log of a search: what was looked for, and how many were found on its page. */
export function noteSearch({
  search,
  named,
  rowId,
  subjectId,
  action,
  circumstances,
  found,
  context,
}: {
  search: string;
  named: NamedResource | null;
  rowId: string | null;
  subjectId: string | null;
  action: string | null;
  circumstances: Found<FoundCircumstances>;
  found: SearchResponse;
  context: RequestContext;
}): void {
  const known = "found" in circumstances ? circumstances.found : null;
  noteEvaluation({
    context,
    question: {
      operation: search,
      type: named?.type.name ?? null,
      rowId,
      subjectId,
      purpose: known?.purpose ?? null,
      at: known?.at ?? context.now,
      action,
      fields: named?.field == null ? [] : [named.field.name],
    },
    outcome: { isGiven: null, row: null, fields: [], found: found.page.count },
  });
}
