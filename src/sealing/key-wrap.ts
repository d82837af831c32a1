import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";
import { KeyUnwrapError } from "./sealing-errors.ts";
import { KEY_BYTES, secretKeyFrom } from "./secret-key.ts";

const ALGORITHM = "id-aes256-wrap";

/** RFC 3394 section 2.2.3.1: the default initial value, which is also the integrity check. */
const INITIAL_VALUE = Buffer.alloc(8, 0xa6);

/** Length of a wrapped key, in bytes: the key and the eight bytes of the check. */
export const WRAPPED_KEY_BYTES = KEY_BYTES + INITIAL_VALUE.length;

/**
 * Wraps a key under another one. The same two keys always give the same 40 bytes. Source: RFC 3394.
 */
export function wrapKey({ key, under }: { key: KeyObject; under: KeyObject }): Buffer {
  const cipher = createCipheriv(ALGORITHM, under, INITIAL_VALUE);
  const bytes = key.export();
  const wrapped = Buffer.concat([cipher.update(bytes), cipher.final()]);
  bytes.fill(0);
  return wrapped;
}

/**
 * Unwraps a key.
 *
 * @throws INTERNAL_SERVER_ERROR as a `KeyUnwrapError`: another wrapping key, or altered bytes.
 * Source: RFC 3394.
 */
export function unwrapKey({ wrapped, under }: { wrapped: Buffer; under: KeyObject }): KeyObject {
  if (wrapped.length !== WRAPPED_KEY_BYTES)
    throw new KeyUnwrapError("A wrapped key has the wrong length");
  try {
    const decipher = createDecipheriv(ALGORITHM, under, INITIAL_VALUE);
    return secretKeyFrom(Buffer.concat([decipher.update(wrapped), decipher.final()]));
  } catch {
    throw new KeyUnwrapError("A wrapped key does not open under this wrapping key");
  }
}
