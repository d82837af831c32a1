import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from "node:crypto";

/** Length of every key in this room, in bytes. */
export const KEY_BYTES = 32;

const NO_SALT = Buffer.alloc(0);

/**
 * Makes a fresh random key of 256 bits.
 *
 * Keys travel as `KeyObject`: printing one shows `SecretKeyObject {}`, and ciphers take it
 * several times faster than a buffer.
 */
export function newSecretKey(): KeyObject {
  return secretKeyFrom(randomBytes(KEY_BYTES));
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
 * Source: RFC 5869 (HKDF-SHA-256). No salt, since `from` is uniformly random already (section 3.1).
 */
export function deriveKey({ from, info }: { from: KeyObject; info: string }): KeyObject {
  return secretKeyFrom(Buffer.from(hkdfSync("sha256", from, NO_SALT, info, KEY_BYTES)));
}
