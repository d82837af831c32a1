/** One data row; the first one of a file is row 1. */
export interface LedgerRow {
  readonly row: number;
  /** The same array for every row under the same headings. */
  readonly headings: readonly string[];
  readonly cells: readonly string[];
  /** What makes the row unreadable as a whole; null for nearly all. */
  readonly damage: "columnCount" | "notJson" | null;
}
