import { createHmac, type KeyObject } from "node:crypto";

/** Length of a digest of what was looked up, in bytes. */
export const LOOKUP_DIGEST_BYTES = 16;

/** What the master key derives the key of these digests for. */
export const LOOKUP_DIGEST_PURPOSE = "lookup-budget";

/**
 * Keyed digest of a value that somebody looked up: tells whether the same caller asks for it again,
 * and nothing else. It is bound to the caller, so that no two callers' lists can be compared, and its
 * key makes no blind index, so that none can be joined with a customer.
 *
 * @param subject what the value was asked about, such as `Customer.idNumber`
 * @param value in the stored form, so that two spellings of one value are one
 */
export function lookupDigest(request: {
  key: KeyObject;
  principalId: string;
  subject: string;
  value: string;
}): Buffer {
  const { key, principalId, subject, value } = request;
  return createHmac("sha256", key)
    .update(JSON.stringify([principalId, subject, value]))
    .digest()
    .subarray(0, LOOKUP_DIGEST_BYTES);
}
