import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
  type KeyObject,
} from "node:crypto";
import type { CryptoSuite } from "./crypto-suite.ts";
import { secretKeyFrom } from "./secret-key.ts";

const IV_BYTES = 16;
const TAG_BYTES = 32;
const CIPHER_KEY_BYTES = 16;
const MAC_KEY_BYTES = 32;
const NO_SALT = Buffer.alloc(0);

interface SuiteKeys {
  readonly cipherKey: KeyObject;
  readonly macKey: KeyObject;
}

/**
 * SM4-CTR, then HMAC-SM3 over what it is bound to, the IV and the ciphertext: IV, ciphertext, tag.
 * Node has no SM4-GCM; encrypt-then-MAC with separate keys takes its place.
 *
 * Source: GB/T 32907 (SM4), GB/T 32905 (SM3), OWASP ASVS 5.0 sections 11.3.3 and 11.3.5.
 */
export const sm4CtrHmacSm3: CryptoSuite = {
  encrypt({ key, boundTo, plaintext, head }) {
    const { cipherKey, macKey } = keysOf(key);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("sm4-ctr", cipherKey, iv);
    const body = Buffer.concat([iv, cipher.update(plaintext), cipher.final()]);
    return Buffer.concat([head, body, tagOf({ macKey, boundTo, body })]);
  },

  decrypt({ key, boundTo, box }) {
    if (box.length < IV_BYTES + TAG_BYTES) return undefined;
    const { cipherKey, macKey } = keysOf(key);
    const body = box.subarray(0, -TAG_BYTES);
    const tag = tagOf({ macKey, boundTo, body });
    if (!timingSafeEqual(tag, box.subarray(-TAG_BYTES))) return undefined;
    const decipher = createDecipheriv("sm4-ctr", cipherKey, body.subarray(0, IV_BYTES));
    return Buffer.concat([decipher.update(body.subarray(IV_BYTES)), decipher.final()]);
  },
};

/** The zero byte keeps the two inputs apart: what a value is bound to never contains one. */
function tagOf(request: { macKey: KeyObject; boundTo: string; body: Buffer }): Buffer {
  const { macKey, boundTo, body } = request;
  return createHmac("sm3", macKey).update(`${boundTo}\0`).update(body).digest();
}

const derivedKeys = new WeakMap<KeyObject, SuiteKeys>();

/** The two keys of the suite, remembered for as long as the data key is in memory. */
function keysOf(key: KeyObject): SuiteKeys {
  const known = derivedKeys.get(key);
  if (known) return known;
  const bytes = Buffer.from(
    hkdfSync("sm3", key, NO_SALT, "custodia|v2|sm4-ctr|hmac-sm3", CIPHER_KEY_BYTES + MAC_KEY_BYTES),
  );
  const keys = {
    cipherKey: secretKeyFrom(bytes.subarray(0, CIPHER_KEY_BYTES)),
    macKey: secretKeyFrom(bytes.subarray(CIPHER_KEY_BYTES)),
  };
  derivedKeys.set(key, keys);
  return keys;
}
