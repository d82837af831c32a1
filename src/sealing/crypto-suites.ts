import { aes256Gcm } from "./aes-256-gcm.ts";
import type { CryptoSuite } from "./crypto-suite.ts";
import { sm4CtrHmacSm3 } from "./sm4-ctr-hmac-sm3.ts";

const SUITES = { 1: aes256Gcm, 2: sm4CtrHmacSm3 } as const satisfies Record<number, CryptoSuite>;

/** The first byte of a sealed value: 1 is AES-256-GCM, 2 is SM4-CTR with HMAC-SM3. */
export type CryptoVersion = keyof typeof SUITES;

/** The suite for new values unless a deployment chooses the other. Both are always readable. */
export const DEFAULT_CRYPTO_VERSION: CryptoVersion = 1;

/** True for a version that can be sealed and opened. */
export function isCryptoVersion(version: number): version is CryptoVersion {
  return Object.hasOwn(SUITES, version);
}

/** The suite of a version. */
export function suiteOf(version: CryptoVersion): CryptoSuite {
  return SUITES[version];
}
