import { hash } from "node:crypto";

/** Twelve bytes of the digest, as base64url writes them. */
const NAME_CHARS = 16;

/**
 * Name of a state of a customer's rule attributes: 12 bytes of SHA-256 over a salt and their JSON, in
 * base64url. The database reckons the same in `circumstances_digest`.
 *
 * @param salt 16 bytes
 */
export function circumstancesDigest(salt: Uint8Array, body: string): string {
  const bytes = Buffer.allocUnsafe(salt.length + Buffer.byteLength(body));
  bytes.set(salt);
  bytes.write(body, salt.length);
  return hash("sha256", bytes, "base64url").slice(0, NAME_CHARS);
}

/** Name of a state of a caller: SHA-256 of its text, in base64url (see `callerState`). */
export function callerDigest(text: string): string {
  return hash("sha256", text, "base64url");
}
