import { hash } from "node:crypto";
import { CUSTOMER_FIELDS, type CustomerRecord } from "../customer-record.ts";

/** One text for equal records and only for them: the base of every digest of a record. */
export function canonicalRecord(record: CustomerRecord): string {
  return JSON.stringify(CUSTOMER_FIELDS.map((field) => record[field]));
}

/**
 * 48 bits that tell two records of one customer number apart while a file is read. They fit a number,
 * which keeps a million of them small, and they never leave the process: kept ones are keyed.
 */
export function recordFingerprint(record: CustomerRecord): number {
  return hash("sha256", canonicalRecord(record), "buffer").readUIntBE(0, 6);
}
