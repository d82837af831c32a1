import type { KeyObject } from "node:crypto";
import type { MasterKey } from "./master-key.ts";
import { MasterKeyError, OrganisationKeyMissingError } from "./sealing-errors.ts";
import {
  organisationKeyFrom,
  purposeOf,
  type OrganisationKey,
  type OrganisationKeyId,
  type WrappedOrganisationKey,
} from "./organisation-key.ts";

interface HeldKey {
  readonly wrappedKey: Buffer;
  readonly key: OrganisationKey;
}

/**
 * The keys of every organisation, unwrapped and ready for the synchronous read path.
 *
 * It holds exactly the rows of the last `load`: a row that is gone takes its key along.
 */
export class OrganisationKeys {
  readonly #masterKeys: ReadonlyMap<string, MasterKey>;
  #held: ReadonlyMap<string, readonly HeldKey[]> = new Map();

  /** Two master keys are given while stored keys move from one to the other; otherwise one. */
  constructor({ masterKeys }: { masterKeys: readonly MasterKey[] }) {
    this.#masterKeys = new Map(masterKeys.map((masterKey) => [masterKey.id, masterKey]));
  }

  /**
   * Replaces the keys by those of the rows, all or none. Rows that did not change are not unwrapped
   * again, so refreshing is cheap with a key management service too.
   *
   * @throws INTERNAL_SERVER_ERROR as a `MasterKeyError` or `KeyUnwrapError`
   */
  async load(rows: readonly WrappedOrganisationKey[]): Promise<void> {
    const fresh = await Promise.all(rows.map((row) => this.#holdKeyOf(row)));
    const newestFirst = fresh.toSorted((one, other) => other.key.keyVersion - one.key.keyVersion);
    this.#held = Map.groupBy(newestFirst, ({ key }) => key.organisationId);
  }

  /**
   * The key under which new things are sealed.
   *
   * @throws INTERNAL_SERVER_ERROR as an `OrganisationKeyMissingError`
   */
  newest(organisationId: string): OrganisationKey {
    const [newest] = this.#held.get(organisationId) ?? [];
    if (!newest) {
      throw new OrganisationKeyMissingError(`No key of organisation ${organisationId} is held`);
    }
    return newest.key;
  }

  /**
   * Every key of an organisation, newest first; empty for an unknown one. A lookup asks all their
   * indexes.
   */
  versionsOf(organisationId: string): readonly OrganisationKey[] {
    return (this.#held.get(organisationId) ?? []).map(({ key }) => key);
  }

  /** Every key of every organisation: a lookup that knows no controller asks all their indexes. */
  all(): readonly OrganisationKey[] {
    return [...this.#held.values()].flat().map(({ key }) => key);
  }

  /**
   * The key of one version, to open what was sealed under it.
   *
   * @throws INTERNAL_SERVER_ERROR as an `OrganisationKeyMissingError`
   */
  version({ organisationId, keyVersion }: OrganisationKeyId): OrganisationKey {
    const found = this.#find({ organisationId, keyVersion });
    if (!found) {
      throw new OrganisationKeyMissingError(
        `Key version ${keyVersion} of organisation ${organisationId} is not held`,
      );
    }
    return found.key;
  }

  #find({ organisationId, keyVersion }: OrganisationKeyId): HeldKey | undefined {
    return this.#held.get(organisationId)?.find(({ key }) => key.keyVersion === keyVersion);
  }

  async #holdKeyOf(row: WrappedOrganisationKey): Promise<HeldKey> {
    const held = this.#find(row);
    if (held?.wrappedKey.equals(row.wrappedKey)) return held;
    return {
      wrappedKey: row.wrappedKey,
      key: organisationKeyFrom({ row, root: await this.#unwrap(row) }),
    };
  }

  #unwrap(row: WrappedOrganisationKey): Promise<KeyObject> {
    const masterKey = this.#masterKeys.get(row.masterKeyId);
    if (masterKey) return masterKey.unwrap({ wrapped: row.wrappedKey, purpose: purposeOf(row) });
    const given = [...this.#masterKeys.keys()].join(", ");
    throw new MasterKeyError(
      `The key of organisation ${row.organisationId} is wrapped by master key ${row.masterKeyId}, ` +
        `but this process has ${given}`,
    );
  }
}
