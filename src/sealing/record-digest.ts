import { createHmac, type KeyObject } from "node:crypto";

/**
 * Keyed digest of a whole record: tells whether the same record comes again, without keeping it.
 * Keyed, because a record of few unknowns could be guessed from a plain hash. 32 bytes.
 *
 * @param canonical one text for equal records and only for them
 */
export function recordDigest(request: {
  organisationDigestKey: KeyObject;
  canonical: string;
}): Buffer {
  return createHmac("sha256", request.organisationDigestKey).update(request.canonical).digest();
}
