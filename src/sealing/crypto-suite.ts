import type { KeyObject } from "node:crypto";

/** A way to encrypt with authentication; `boundTo` is the associated data. */
export interface CryptoSuite {
  /** @param head bytes in front of the box, neither encrypted nor authenticated */
  encrypt(request: { key: KeyObject; boundTo: string; plaintext: Buffer; head: Buffer }): Buffer;

  /** Undefined when anything about the key, the binding or the bytes is not as it was. */
  decrypt(request: { key: KeyObject; boundTo: string; box: Buffer }): Buffer | undefined;
}
