import { hash } from "node:crypto";
import {
  CUSTOMER_FIELDS,
  type CustomerField,
  type CustomerRecord,
  EMPTY_RECORD,
} from "../customer-record.ts";

/** One text for equal records and only for them: the base of every digest of a record. */
export function canonicalRecord(record: CustomerRecord): string {
  return JSON.stringify(CUSTOMER_FIELDS.map((field) => record[field]));
}

/** The record that a canonical text was made of. */
export function recordFrom(canonical: string): CustomerRecord {
  const values = JSON.parse(canonical) as (string | null)[];
  const record: Record<CustomerField, string | null> = { ...EMPTY_RECORD };
  CUSTOMER_FIELDS.forEach((field, at) => (record[field] = values[at] ?? null));
  return record as CustomerRecord;
}

/**
 * 48 bits that tell two records of one customer number apart while a file is read. They fit a number,
 * which keeps a million of them small, and they never leave the process: kept ones are keyed.
 *
 * @param canonical the record as `canonicalRecord` writes it
 */
export function recordFingerprint(canonical: string): number {
  return Number.parseInt(hash("sha256", canonical).slice(0, 12), 16);
}
