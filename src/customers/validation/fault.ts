import type { CustomerField } from "../customer-record.ts";

/** What is wrong with a value, in one word that a report or an error may show. */
export type FaultName =
  | "required"
  | "format"
  | "checkDigit"
  | "noSuchDate"
  | "inFuture"
  | "luhn"
  | "conflictsWithIdNumber";

/** Why a record is refused. */
export type RejectionCode =
  | "VALIDATION_FAILED"
  | "MASKED_VALUE_REJECTED"
  | "GUARDIAN_REQUIRED"
  | "DUPLICATE_IN_FILE"
  | "INVALID_STATE";

/** One reason to refuse, at one field. It never holds the value. */
export interface FieldFault {
  readonly field: CustomerField;
  readonly code: RejectionCode;
  /** Null where the code says everything. */
  readonly fault: FaultName | null;
}

/** Something to look at that is no reason to refuse: registers themselves hold such exceptions. */
export interface FieldWarning {
  readonly field: CustomerField;
  readonly warning: "conflictsWithIdNumber" | "unknownRegion";
}
