import type { KeyObject } from "node:crypto";

/**
 * The one key that is not in the database. A file in development, a key management service
 * otherwise; it is asked at boot and when keys are made or refreshed, never per row, so it may be
 * asynchronous.
 *
 * `purpose` is bound to the result, like the encryption context of a key management service: what
 * was wrapped for one purpose does not unwrap for another.
 */
export interface MasterKey {
  /** Names this key in the rows it wrapped; says nothing about its bytes. */
  readonly id: string;

  wrap(request: { key: KeyObject; purpose: string }): Promise<Buffer>;

  /** @throws INTERNAL_SERVER_ERROR as a `KeyUnwrapError` */
  unwrap(request: { wrapped: Buffer; purpose: string }): Promise<KeyObject>;

  /**
   * A key that every node with this master key derives alike, for what belongs to no organisation.
   */
  derive(request: { purpose: string }): Promise<KeyObject>;
}
