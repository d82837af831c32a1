import { createHmac, type KeyObject } from "node:crypto";
import { aes256Gcm, encryptWithNonce, NONCE_BYTES } from "./aes-256-gcm.ts";
import { padText, unpadText } from "./padded-text.ts";
import { deriveKey } from "./secret-key.ts";

/** Everything a cursor is good for; with any other caller, order or filter it is refused. */
export interface CursorBinding {
  readonly callerId: string;
  readonly purpose: string;
  readonly type: string;
  readonly sort: string;
  readonly filterDigest: string;
  readonly policyVersion: string;
}

interface CursorKeys {
  readonly cipherKey: KeyObject;
  readonly nonceKey: KeyObject;
}

/**
 * Seals the position of a page. It holds the sort value of a row, so it must be unreadable, and a
 * chosen one would be a range query, so it must be unforgeable.
 *
 * The nonce is a keyed hash of binding and payload (a synthetic IV, the idea of RFC 5297): equal
 * pages give equal cursors, which caches and snapshots need, and a nonce repeats only where the
 * whole cursor does. (Two of 2^32 different cursors share one of 2^96 nonces with a chance of
 * 2^-33, the bound of NIST SP 800-38D section 8.)
 */
export function sealCursor(request: {
  key: KeyObject;
  binding: CursorBinding;
  payload: string;
}): string {
  const { key, binding, payload } = request;
  const { cipherKey, nonceKey } = keysOf(key);
  const boundTo = bindingText(binding);
  const plaintext = padText(payload);
  const hash = createHmac("sha256", nonceKey).update(`${boundTo}\0`).update(plaintext).digest();
  const nonce = hash.subarray(0, NONCE_BYTES);
  return encryptWithNonce({ key: cipherKey, nonce, boundTo, plaintext }).toString("base64url");
}

/**
 * Opens a cursor under the same binding.
 *
 * @param refusal makes the error that is thrown for any other cursor; why is nobody's business
 * @throws VALIDATION_FAILED or whatever `refusal` makes
 */
export function openCursor(request: {
  key: KeyObject;
  binding: CursorBinding;
  cursor: string;
  refusal: () => Error;
}): string {
  const { key, binding, cursor, refusal } = request;
  const box = Buffer.from(cursor, "base64url");
  // Decoding skips characters that are not base64url; a cursor has one spelling only.
  if (box.toString("base64url") !== cursor) throw refusal();
  const { cipherKey } = keysOf(key);
  const padded = aes256Gcm.decrypt({ key: cipherKey, boundTo: bindingText(binding), box });
  if (!padded) throw refusal();
  return unpadText(padded);
}

/** A JSON list, because whatever stands in a part it can't be taken for another part. */
function bindingText(binding: CursorBinding): string {
  const { callerId, purpose, type, sort, filterDigest, policyVersion } = binding;
  const parts = [callerId, purpose, type, sort, filterDigest, policyVersion];
  return JSON.stringify(["custodia", "cursor", 1, ...parts]);
}

const derivedKeys = new WeakMap<KeyObject, CursorKeys>();

/** The two keys of a cursor key, remembered for as long as it is in memory. */
function keysOf(key: KeyObject): CursorKeys {
  const known = derivedKeys.get(key);
  if (known) return known;
  const keys = {
    cipherKey: deriveKey({ from: key, info: "custodia|v1|cursor|cipher" }),
    nonceKey: deriveKey({ from: key, info: "custodia|v1|cursor|nonce" }),
  };
  derivedKeys.set(key, keys);
  return keys;
}
