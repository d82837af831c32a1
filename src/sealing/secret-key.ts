import { createHmac, createSecretKey, generateKeySync, type KeyObject } from "node:crypto";

/** Length of every key in this room, in bytes. */
export const KEY_BYTES = 32;

/** Without a salt, HKDF takes as many zeros as its hash has bytes (RFC 5869, section 2.2). */
const NO_SALT = createSecretKey(Buffer.alloc(KEY_BYTES));

/** The first and only block: a key is as long as the hash (RFC 5869, section 2.3). */
const FIRST_BLOCK = "\u0001";

/** The extract step of each key, which doesn't depend on `info`, for as long as the key is in memory. */
const extracted = new WeakMap<KeyObject, KeyObject>();

/**
 * Makes a fresh random key of 256 bits, whose bytes were never in memory that JavaScript reads.
 *
 * Keys travel as `KeyObject`: printing one shows `SecretKeyObject {}`, and ciphers take it
 * several times faster than a buffer.
 */
export function newSecretKey(): KeyObject {
  return generateKeySync("aes", { length: KEY_BYTES * 8 });
}

/** Turns raw bytes into a key and wipes the bytes, so that one copy less lies in memory. */
export function secretKeyFrom(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return key;
}

/**
 * Derives a key for one use from a key that is good for several; different `info`, unrelated keys.
 *
 * HKDF in its two steps, so that the first is done once for a key from which many are derived: a wrapping
 * key is derived with every customer.
 *
 * Source: RFC 5869 (HKDF-SHA-256). No salt, since `from` is uniformly random already (section 3.1).
 */
export function deriveKey({ from, info }: { from: KeyObject; info: string }): KeyObject {
  return secretKeyFrom(
    createHmac("sha256", extractedFrom(from))
      .update(info + FIRST_BLOCK)
      .digest(),
  );
}

function extractedFrom(from: KeyObject): KeyObject {
  const known = extracted.get(from);
  if (known) return known;
  const bytes = from.export();
  const key = secretKeyFrom(createHmac("sha256", NO_SALT).update(bytes).digest());
  bytes.fill(0);
  extracted.set(from, key);
  return key;
}
