import { BootError } from "../lib/boot-error.ts";

/** What can be wrong with a sealed value. */
export type SealedValueFault =
  | "ILL_FORMED_TEXT"
  | "TOO_SHORT"
  | "UNKNOWN_CRYPTO_VERSION"
  | "OTHER_KEY_VERSION"
  | "NOT_AUTHENTIC";

/**
 * A value that can't be sealed, or a sealed value that can't be opened. The message names the
 * table, the column and the fault: never the value, the key or the customer.
 */
export class SealedValueError extends Error {
  override readonly name = "SealedValueError";
  readonly fault: SealedValueFault;

  constructor({
    table,
    column,
    fault,
  }: {
    table: string;
    column: string;
    fault: SealedValueFault;
  }) {
    super(`Sealed value of ${table}.${column}: ${fault}`);
    this.fault = fault;
  }
}

/**
 * A wrapped key that does not open under the key, the version or the purpose it was presented with.
 */
export class KeyUnwrapError extends Error {
  override readonly name = "KeyUnwrapError";
}

/** This node holds no key, or not that version of the key, of an organisation. */
export class OrganisationKeyMissingError extends Error {
  override readonly name = "OrganisationKeyMissingError";
}

/** The master key is absent, unsafe, or not the one that the stored keys were wrapped by. */
export class MasterKeyError extends BootError {
  override readonly name = "MasterKeyError";
}
