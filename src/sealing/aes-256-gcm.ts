import { createCipheriv, createDecipheriv, type KeyObject } from "node:crypto";
import type { CryptoSuite } from "./crypto-suite.ts";
import { nonceSource } from "./nonces.ts";

const ALGORITHM = "aes-256-gcm";

/**
 * Length of a nonce, in bytes. Source: NIST SP 800-38D section 5.2.1.1, which recommends 96 bits.
 */
export const NONCE_BYTES = 12;

const TAG_BYTES = 16;

const NOTHING = Buffer.alloc(0);

const freshNonce = nonceSource(NONCE_BYTES);

/**
 * AES-256-GCM with a random nonce: nonce, ciphertext, tag. Random nonces are safe for 2^32 values
 * per key (NIST SP 800-38D section 8.3); a customer's key seals a few hundred.
 */
export const aes256Gcm: CryptoSuite = {
  encrypt(request) {
    const { key, boundTo, plaintext, head } = request;
    return encryptWithNonce({ key, boundTo, plaintext, head, nonce: freshNonce() });
  },

  decrypt({ key, boundTo, box }) {
    if (box.length < NONCE_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(boundTo));
    decipher.setAuthTag(box.subarray(-TAG_BYTES));
    const plaintext = decipher.update(box.subarray(NONCE_BYTES, -TAG_BYTES));
    try {
      decipher.final();
      return plaintext;
    } catch {
      return undefined;
    }
  },
};

/** AES-256-GCM with a given nonce, which must never serve for two plaintexts under one key. */
export function encryptWithNonce(request: {
  key: KeyObject;
  nonce: Buffer;
  boundTo: string;
  plaintext: Buffer;
  head?: Buffer;
}): Buffer {
  const { key, nonce, boundTo, plaintext, head = NOTHING } = request;
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(boundTo));
  const body = cipher.update(plaintext);
  // A counter mode keeps nothing back: this makes the tag.
  cipher.final();
  // Not `Buffer.concat`, which costs as much as encrypting a short value does.
  const bodyAt = head.length + NONCE_BYTES;
  const box = Buffer.allocUnsafe(bodyAt + body.length + TAG_BYTES);
  box.set(head);
  box.set(nonce, head.length);
  box.set(body, bodyAt);
  box.set(cipher.getAuthTag(), bodyAt + body.length);
  return box;
}
