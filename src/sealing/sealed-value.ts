import type { KeyObject } from "node:crypto";
import { invariant } from "../lib/invariant.ts";
import {
  DEFAULT_CRYPTO_VERSION,
  isCryptoVersion,
  suiteOf,
  type CryptoVersion,
} from "./crypto-suites.ts";
import { padText, unpadText } from "./padded-text.ts";
import { SealedValueError, type SealedValueFault } from "./sealing-errors.ts";

/** The one place where a sealed value belongs, and the data key that it is sealed under. */
export interface SealedPlace {
  readonly key: KeyObject;
  /** Version of the customer's data key, 1 to 65535. */
  readonly keyVersion: number;
  readonly table: string;
  readonly column: string;
  readonly customerId: string;
}

/** Crypto version (1 byte), version of the data key (2 bytes); the rest is the suite's. */
const HEADER_BYTES = 3;

/**
 * Seals a text for one column of one customer. Equal texts give different bytes; the length shows
 * blocks of 16.
 *
 * @throws INTERNAL_SERVER_ERROR as a `SealedValueError` for text with a lone surrogate, which UTF-8
 * can't carry
 */
export function seal(
  request: SealedPlace & { plaintext: string; cryptoVersion?: CryptoVersion },
): Buffer {
  const { key, keyVersion, plaintext, cryptoVersion = DEFAULT_CRYPTO_VERSION } = request;
  if (!plaintext.isWellFormed()) throw faultAt(request, "ILL_FORMED_TEXT");
  const head = Buffer.allocUnsafe(HEADER_BYTES);
  head.writeUInt8(cryptoVersion);
  head.writeUInt16BE(keyVersion, 1);
  const boundTo = bindingOf(request, cryptoVersion);
  return suiteOf(cryptoVersion).encrypt({ key, boundTo, plaintext: padText(plaintext), head });
}

/**
 * Opens a sealed value in the place it was sealed for. An older value of the same place still
 * opens: the `version` of the row, not the seal, guards against putting one back.
 *
 * @throws INTERNAL_SERVER_ERROR as a `SealedValueError`: altered, cut, of another place, or of
 * another key
 */
export function open(request: SealedPlace & { sealed: Buffer }): string {
  const { key, keyVersion, sealed } = request;
  if (sealed.length <= HEADER_BYTES) throw faultAt(request, "TOO_SHORT");
  const cryptoVersion = sealed.readUInt8();
  if (!isCryptoVersion(cryptoVersion)) throw faultAt(request, "UNKNOWN_CRYPTO_VERSION");
  if (keyVersionOf(sealed) !== keyVersion) throw faultAt(request, "OTHER_KEY_VERSION");
  const boundTo = bindingOf(request, cryptoVersion);
  const box = sealed.subarray(HEADER_BYTES);
  const padded = suiteOf(cryptoVersion).decrypt({ key, boundTo, box });
  if (!padded) throw faultAt(request, "NOT_AUTHENTIC");
  return unpadText(padded);
}

/** Version of the data key that a sealed value names, for choosing the key while two are in use. */
export function keyVersionOf(sealed: Buffer): number {
  invariant(sealed.length >= HEADER_BYTES, "A sealed value starts with its header");
  return sealed.readUInt16BE(1);
}

function bindingOf(place: SealedPlace, cryptoVersion: CryptoVersion): string {
  const { table, column, customerId } = place;
  const hasBar = table.includes("|") || column.includes("|") || customerId.includes("|");
  invariant(!hasBar, "No table, column or customer contains a bar");
  return `custodia|v${cryptoVersion}|${table}|${column}|${customerId}`;
}

function faultAt({ table, column }: SealedPlace, fault: SealedValueFault): SealedValueError {
  return new SealedValueError({ table, column, fault });
}
