import type { AgesIn } from "../age-limits.ts";
import type { CustomerRecord } from "../customer-record.ts";
import { type RecordVerdict, validateRecord } from "../customer.validation.ts";
import type { FieldFault, FieldWarning, RejectionCode } from "../validation/fault.ts";
import { bindColumns, type BoundColumns } from "./bound-columns.ts";
import type { ColumnMapping } from "./column-mapping.ts";
import { FirstRows } from "./first-rows.ts";
import type { LedgerRow } from "./ledger-row.ts";
import { canonicalRecord, recordFingerprint } from "./record-digest.ts";

/** One fault in the words of the file: its heading, never its value. */
export interface RowFault {
  readonly code: RejectionCode;
  /** Heading of the column; empty when the row as a whole can't be read. */
  readonly column: string;
  readonly fault: string | null;
}

interface RowPlace {
  readonly row: number;
  /** Null where the number itself is refused. */
  readonly customerNo: string | null;
}

/** How a row ends as far as the file alone decides. */
export type RowOutcome =
  | (RowPlace & {
      readonly outcome: "ACCEPTED";
      readonly record: CustomerRecord;
      /** The same record as one text. */
      readonly canonical: string;
      readonly normalised: boolean;
      readonly warnings: readonly {
        readonly column: string;
        readonly warning: FieldWarning["warning"];
      }[];
    })
  | (RowPlace & { readonly outcome: "UNCHANGED" })
  | (RowPlace & { readonly outcome: "REJECTED"; readonly faults: readonly RowFault[] });

/** What a file's rows are judged by. */
export interface ImportTerms {
  readonly mapping: ColumnMapping;
  /** Time of the import, UTC: ages are reckoned on it. */
  readonly now: Date;
  readonly agesIn: AgesIn;
}

type Valid = Extract<RecordVerdict, { ok: true }>;

/** In place of a fingerprint, for a number whose first row was refused. */
const REFUSED = -1;

/**
 * Judges rows in the order of the file. The first row of a customer number wins: the same content
 * again is UNCHANGED, other content is a duplicate. What it remembers of a row is 16 bytes.
 */
export function createRowJudge({
  mapping,
  now,
  agesIn,
}: ImportTerms): (row: LedgerRow) => RowOutcome {
  const firstRows = new FirstRows();
  const bound = new Map<readonly string[], BoundColumns>();

  return ({ row, headings, cells, damage }) => {
    if (damage) return unreadable(row, damage);
    const columns = bound.get(headings) ?? bindColumns({ headings, mapping });
    bound.set(headings, columns);

    const fields = columns.read(cells);
    const verdict = validateRecord({ fields, now, defaultCountry: mapping.country, agesIn });
    if (!verdict.ok) {
      const written = fields.customerNo?.trim();
      if (written) firstRows.firstOrRemember(written, REFUSED);
      return refused({ row, columns, written, faults: verdict.faults });
    }

    const { customerNo } = verdict.record;
    const canonical = canonicalRecord(verdict.record);
    const fingerprint = recordFingerprint(canonical);
    const first = firstRows.firstOrRemember(customerNo, fingerprint);
    if (first === undefined) return accepted({ row, columns, verdict, canonical });
    return first === fingerprint
      ? { row, customerNo, outcome: "UNCHANGED" }
      : rejected({
          row,
          customerNo,
          code: "DUPLICATE_IN_FILE",
          column: columns.headingOf("customerNo"),
        });
  };
}

function accepted({
  row,
  columns,
  verdict,
  canonical,
}: {
  row: number;
  columns: BoundColumns;
  verdict: Valid;
  canonical: string;
}): RowOutcome {
  const { record, normalised } = verdict;
  const { customerNo } = record;
  const warnings = verdict.warnings.map(({ field, warning }) => ({
    column: columns.headingOf(field),
    warning,
  }));
  return { row, customerNo, outcome: "ACCEPTED", record, canonical, normalised, warnings };
}

function refused(refusal: {
  row: number;
  columns: BoundColumns;
  written: string | undefined;
  faults: readonly FieldFault[];
}): RowOutcome {
  const { row, columns, written, faults } = refusal;
  const numberRefused = faults.some(({ field }) => field === "customerNo");
  return {
    row,
    customerNo: numberRefused ? null : (written ?? null),
    outcome: "REJECTED",
    faults: faults.map(({ field, code, fault }) => ({
      code,
      column: columns.headingOf(field),
      fault,
    })),
  };
}

function unreadable(row: number, fault: string): RowOutcome {
  return rejected({ row, customerNo: null, code: "VALIDATION_FAILED", column: "", fault });
}

function rejected({
  row,
  customerNo,
  ...fault
}: RowPlace & Pick<RowFault, "code" | "column"> & { fault?: string }): RowOutcome {
  return { row, customerNo, outcome: "REJECTED", faults: [{ fault: null, ...fault }] };
}
