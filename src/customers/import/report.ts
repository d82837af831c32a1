import { stringify } from "csv-stringify/sync";
import type { RowOutcome } from "./import-rows.ts";

type Cells = (string | number | null)[];

const HEADINGS = ["row", "customerNo", "outcome", "code", "column", "fault", "note"];
/** So that spreadsheets read the headings of the ledger as UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF";

/** How every report begins. */
export const REPORT_HEAD = BYTE_ORDER_MARK + stringify([HEADINGS]);

/**
 * The report on some rows, as CSV: a line per fault, one line for a row without any. It holds no value
 * but the customer number, and nothing that a spreadsheet would take for a formula.
 */
export function reportLines(outcomes: readonly RowOutcome[]): string {
  return stringify(outcomes.flatMap(linesOf), { escape_formulas: true });
}

function linesOf(outcome: RowOutcome): Cells[] {
  const { row, customerNo } = outcome;
  const start = [row, customerNo, outcome.outcome];
  switch (outcome.outcome) {
    case "REJECTED":
      return outcome.faults.map(({ code, column, fault }) => [...start, code, column, fault, null]);
    case "UNCHANGED":
      return [[...start, null, null, null, null]];
    case "ACCEPTED":
      return [[...start, null, null, null, notesOf(outcome)]];
  }
}

function notesOf({ normalised, warnings }: Extract<RowOutcome, { outcome: "ACCEPTED" }>): string {
  const hints = warnings.map(({ column, warning }) => `${column}: ${warning}`);
  return [...(normalised ? ["normalised"] : []), ...hints].join("; ");
}
