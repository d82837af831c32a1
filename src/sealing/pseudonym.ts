import { createHmac, type KeyObject } from "node:crypto";
import { blindIndex } from "./blind-index.ts";
import type { OrganisationKey } from "./organisation-key.ts";

const PSEUDONYM_BYTES = 16;

/**
 * A value at disclosure TOKEN: `tok_` and 22 characters, the same for equal values, different for
 * each organisation, purpose and field, so that two parties can't join their lists. Source: GDPR
 * art. 4(5).
 *
 * @param indexed the blind index stored beside a sealed value, so that nothing is decrypted
 */
export function pseudonym(request: {
  organisationTokenKey: KeyObject;
  purpose: string;
  field: string;
  indexed: Buffer;
}): string {
  const { organisationTokenKey, purpose, field, indexed } = request;
  const hash = createHmac("sha256", organisationTokenKey)
    .update(`${purpose}\0${field}\0`)
    .update(indexed)
    .digest();
  return `tok_${hash.subarray(0, PSEUDONYM_BYTES).toString("base64url")}`;
}

/**
 * The pseudonym of a value in a clear column: its blind index is made on the spot, so the result is
 * that of the same value sealed.
 *
 * @param column as in `blindIndex`
 */
export function pseudonymOfValue(request: {
  organisation: OrganisationKey;
  purpose: string;
  field: string;
  column: string;
  value: string;
}): string {
  const { organisation, purpose, field, column, value } = request;
  const indexed = blindIndex({ organisationIndexKey: organisation.indexKey, column, value });
  return pseudonym({ organisationTokenKey: organisation.tokenKey, purpose, field, indexed });
}
