import type { Row } from "../database/read-request.ts";
import type { Page } from "./guarded-reader.ts";
import type { CursorSeal, PageWindow } from "./page-request.ts";

/** A page of the rows that were read for a window, of which there may be one too many. */
export function toPage({
  rows,
  window,
  cursors,
  totalCount,
}: {
  rows: readonly Row[];
  window: PageWindow;
  cursors: CursorSeal;
  totalCount: number | null;
}): Page {
  const hasMore = rows.length > window.size;
  const shown = hasMore ? (window.backwards ? rows.slice(1) : rows.slice(0, window.size)) : rows;
  return {
    // Sealed only when an operation reads it: most ask for the end of the page at most.
    edges: shown.map((node) => ({
      node,
      get cursor() {
        return cursors.seal(node.$cursor ?? [node.id]);
      },
    })),
    hasNextPage: window.backwards ? window.from !== null : hasMore,
    hasPreviousPage: window.backwards ? hasMore : window.from !== null,
    totalCount,
  };
}
