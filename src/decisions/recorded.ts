import { type DecisionRecord, recordIn } from "../audit/decision-record.ts";
import type { Row } from "../database/read-request.ts";

/** Parsed once for each row, however many fields are read out of it. */
const parsed = new WeakMap<Row, DecisionRecord>();

/** The record of a row that was loaded with its text under the name of the field. */
export function recordedIn(row: Row, field: string): DecisionRecord {
  const record = parsed.get(row) ?? recordIn(String(row[field]));
  parsed.set(row, record);
  return record;
}
