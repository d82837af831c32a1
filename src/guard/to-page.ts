import type { Row } from "../database/read-request.ts";
import type { Page } from "./guarded-reader.ts";
import type { CursorSeal, PageWindow } from "./page-request.ts";

/** A row with its cursor, which is sealed only when it is read: most ask for the end of the page at most. */
class SealedEdge {
  readonly node: Row;
  readonly #cursors: CursorSeal;

  constructor(node: Row, cursors: CursorSeal) {
    this.node = node;
    this.#cursors = cursors;
  }

  get cursor(): string {
    return this.#cursors.seal(this.node.$cursor ?? [this.node.id]);
  }
}

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
    edges: shown.map((node) => new SealedEdge(node, cursors)),
    hasNextPage: window.backwards ? window.from !== null : hasMore,
    hasPreviousPage: window.backwards ? hasMore : window.from !== null,
    totalCount,
  };
}
