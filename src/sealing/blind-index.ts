import { createHmac, type KeyObject } from "node:crypto";

/** Length of a blind index, in bytes: too long for two values of one ledger to collide. */
export const BLIND_INDEX_BYTES = 16;

/**
 * Keyed hash of a value, for looking a sealed value up exactly and for telling duplicates. Whoever
 * holds the index key can list all phone numbers, and equal values show as equal: never index a
 * value of few possibilities.
 *
 * @param column full name, such as `customer.phone`; columns don't compare with one another
 * @param value normalised by the caller, in the same way for writing and for looking up
 */
export function blindIndex(request: {
  organisationIndexKey: KeyObject;
  column: string;
  value: string;
}): Buffer {
  const { organisationIndexKey, column, value } = request;
  const hash = createHmac("sha256", organisationIndexKey).update(`${column}\0${value}`).digest();
  return hash.subarray(0, BLIND_INDEX_BYTES);
}
