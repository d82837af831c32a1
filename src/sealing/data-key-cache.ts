import type { KeyObject } from "node:crypto";
import { LRUCache } from "lru-cache";
import { unwrapDataKey, type WrappedDataKey } from "./data-keys.ts";
import type { OrganisationKeys } from "./organisation-keys.ts";

interface CachedKey {
  readonly controllerId: string;
  readonly keyVersion: number;
  readonly wrappedKey: Uint8Array;
  readonly key: KeyObject;
}

/**
 * Unwrapped data keys of the customers that were read last, one per customer.
 *
 * A key is given only for the very row it was unwrapped from. So a node that did not hear of a
 * transfer or a destruction can't use its old entry: the row it reads has another controller and
 * other bytes, or is gone.
 */
export class DataKeyCache {
  readonly #organisationKeys: OrganisationKeys;
  readonly #keys: LRUCache<string, CachedKey>;

  /** @param maxKeys how many keys stay in memory; the least recently read goes first */
  constructor(options: { organisationKeys: OrganisationKeys; maxKeys: number }) {
    this.#organisationKeys = options.organisationKeys;
    this.#keys = new LRUCache({ max: options.maxKeys });
  }

  /** Keys in memory now. */
  get size(): number {
    return this.#keys.size;
  }

  /**
   * The data key of a customer.
   *
   * @throws INTERNAL_SERVER_ERROR as a `KeyUnwrapError`, or as an `OrganisationKeyMissingError`
   */
  keyOf(row: WrappedDataKey): KeyObject {
    const cached = this.#keys.get(row.customerId);
    if (cached && isUnwrappedFrom(cached, row)) return cached.key;
    const key = unwrapDataKey({ row, organisationKeys: this.#organisationKeys });
    const { customerId, controllerId, keyVersion } = row;
    // A copy, since the row's bytes may be a slice that would keep a whole network buffer in memory.
    const wrappedKey = new Uint8Array(row.wrappedKey);
    this.#keys.set(customerId, { controllerId, keyVersion, wrappedKey, key });
    return key;
  }

  /** Forgets the key of a customer: part of moving custody and of destruction. */
  drop(customerId: string): void {
    this.#keys.delete(customerId);
  }

  /** Forgets every key: follows when a key of an organisation is destroyed. */
  clear(): void {
    this.#keys.clear();
  }
}

function isUnwrappedFrom(cached: CachedKey, row: WrappedDataKey): boolean {
  return (
    cached.controllerId === row.controllerId &&
    cached.keyVersion === row.keyVersion &&
    row.wrappedKey.equals(cached.wrappedKey)
  );
}
