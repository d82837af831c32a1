import type { KeyObject } from "node:crypto";
import type { MasterKey } from "./master-key.ts";
import { deriveKey, newSecretKey } from "./secret-key.ts";

/** The key of an organisation as it is stored: one row of `organisation_key`. */
export interface WrappedOrganisationKey {
  readonly organisationId: string;
  /** Counts from 1; the highest is the one for new things. */
  readonly keyVersion: number;
  readonly wrappedKey: Buffer;
  readonly masterKeyId: string;
}

/** Which key of which organisation. */
export type OrganisationKeyId = Pick<WrappedOrganisationKey, "organisationId" | "keyVersion">;

/**
 * The keys that one version of an organisation's key is split into; none tells anything about
 * another.
 */
export interface OrganisationKey {
  readonly organisationId: string;
  readonly keyVersion: number;
  /** Wraps the data keys of the customers that the organisation controls. */
  readonly wrapKey: KeyObject;
  /** Makes blind indexes. */
  readonly indexKey: KeyObject;
  /** Makes pseudonyms. */
  readonly tokenKey: KeyObject;
  /** Makes digests of records. */
  readonly digestKey: KeyObject;
}

/** Makes the key of an organisation, ready to be stored. The first has `keyVersion` 1. */
export async function newOrganisationKey(request: {
  masterKey: MasterKey;
  organisationId: string;
  keyVersion: number;
}): Promise<WrappedOrganisationKey> {
  const { masterKey, organisationId, keyVersion } = request;
  const wrappedKey = await masterKey.wrap({ key: newSecretKey(), purpose: purposeOf(request) });
  return { organisationId, keyVersion, wrappedKey, masterKeyId: masterKey.id };
}

/**
 * Moves an organisation's key from one master key to another; nothing below it changes.
 *
 * @throws INTERNAL_SERVER_ERROR as a `KeyUnwrapError` when `from` did not wrap it
 */
export async function rewrapOrganisationKey(request: {
  row: WrappedOrganisationKey;
  from: MasterKey;
  to: MasterKey;
}): Promise<WrappedOrganisationKey> {
  const { row, from, to } = request;
  const purpose = purposeOf(row);
  const key = await from.unwrap({ wrapped: row.wrappedKey, purpose });
  return { ...row, wrappedKey: await to.wrap({ key, purpose }), masterKeyId: to.id };
}

/**
 * What the master key binds the wrapped key to, so that it can't be pasted into the row of another
 * organisation.
 */
export function purposeOf({ organisationId, keyVersion }: OrganisationKeyId): string {
  return `organisation-key|${organisationId}|${keyVersion}`;
}

/** Splits the root key of an organisation into its keys. */
export function organisationKeyFrom(request: {
  row: WrappedOrganisationKey;
  root: KeyObject;
}): OrganisationKey {
  const { row, root } = request;
  return {
    organisationId: row.organisationId,
    keyVersion: row.keyVersion,
    wrapKey: deriveKey({ from: root, info: "custodia|v1|organisation|wrap" }),
    indexKey: deriveKey({ from: root, info: "custodia|v1|organisation|index" }),
    tokenKey: deriveKey({ from: root, info: "custodia|v1|organisation|token" }),
    digestKey: deriveKey({ from: root, info: "custodia|v1|organisation|digest" }),
  };
}
