import { createHash } from "node:crypto";

const DIGEST_BYTES = 12;

/**
 * Name of a state of a customer's rule attributes: 12 bytes of SHA-256 over a salt and their JSON, in
 * base64url. The database reckons the same in `circumstances_digest`.
 *
 * @param salt 16 bytes
 */
export function circumstancesDigest(salt: Uint8Array, body: string): string {
  const digest = createHash("sha256").update(salt).update(body, "utf8").digest();
  return digest.subarray(0, DIGEST_BYTES).toString("base64url");
}

/** Name of a state of a caller: SHA-256 of its text, in base64url (see `callerState`). */
export function callerDigest(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("base64url");
}
