import type { KeyObject } from "node:crypto";
import { unwrapKey, wrapKey } from "./key-wrap.ts";
import type { OrganisationKey } from "./organisation-key.ts";
import type { OrganisationKeys } from "./organisation-keys.ts";
import { KeyUnwrapError } from "./sealing-errors.ts";
import { deriveKey, newSecretKey } from "./secret-key.ts";

/** The data key of a customer as it is stored: one row of `customer_key`. */
export interface WrappedDataKey {
  readonly customerId: string;
  /** The organisation whose key wraps it: the controller. */
  readonly controllerId: string;
  /** Version of the data key itself, counted from 1; the sealed values of the customer name it. */
  readonly keyVersion: number;
  /** Two bytes with the version of the controller's key, then the 40 bytes of RFC 3394. */
  readonly wrappedKey: Buffer;
}

const CONTROLLER_KEY_VERSION_BYTES = 2;

/** Makes the data key of a customer; every sealed value of that customer is sealed under it. */
export function newDataKey(): KeyObject {
  return newSecretKey();
}

/** Wraps a customer's data key under the key of its controller. */
export function wrapDataKey(request: {
  key: KeyObject;
  customerId: string;
  keyVersion: number;
  controller: OrganisationKey;
}): WrappedDataKey {
  const { key, customerId, keyVersion, controller } = request;
  const header = Buffer.alloc(CONTROLLER_KEY_VERSION_BYTES);
  header.writeUInt16BE(controller.keyVersion);
  const wrapped = wrapKey({ key, under: wrappingKeyFor({ controller, customerId, keyVersion }) });
  const wrappedKey = Buffer.concat([header, wrapped]);
  return { customerId, controllerId: controller.organisationId, keyVersion, wrappedKey };
}

/**
 * Unwraps a customer's data key. `DataKeyCache` is the way of the read path.
 *
 * @throws INTERNAL_SERVER_ERROR as a `KeyUnwrapError`, or as an `OrganisationKeyMissingError`
 */
export function unwrapDataKey(request: {
  row: WrappedDataKey;
  organisationKeys: OrganisationKeys;
}): KeyObject {
  const { row, organisationKeys } = request;
  const { customerId, controllerId, keyVersion, wrappedKey } = row;
  if (wrappedKey.length < CONTROLLER_KEY_VERSION_BYTES) {
    throw new KeyUnwrapError("A wrapped data key is too short");
  }
  const controller = organisationKeys.version({
    organisationId: controllerId,
    keyVersion: wrappedKey.readUInt16BE(),
  });
  const wrapped = wrappedKey.subarray(CONTROLLER_KEY_VERSION_BYTES);
  return unwrapKey({ wrapped, under: wrappingKeyFor({ controller, customerId, keyVersion }) });
}

/**
 * Moves custody: the same data key, under the newest key of another controller. Once the row is
 * replaced, the former controller's key opens nothing of this customer any more. With the same
 * controller it is the step that follows a new organisation key.
 *
 * @throws INTERNAL_SERVER_ERROR as a `KeyUnwrapError`, or as an `OrganisationKeyMissingError`
 */
export function rewrapDataKey(request: {
  row: WrappedDataKey;
  toOrganisationId: string;
  organisationKeys: OrganisationKeys;
}): WrappedDataKey {
  const { row, toOrganisationId, organisationKeys } = request;
  const { customerId, keyVersion } = row;
  const key = unwrapDataKey({ row, organisationKeys });
  const controller = organisationKeys.newest(toOrganisationId);
  return wrapDataKey({ key, customerId, keyVersion, controller });
}

/**
 * AES key wrap has no associated data. A wrapping key per customer and version makes a wrapped key
 * useless in any other row, so that no copy survives there when the customer's own row is
 * destroyed.
 */
function wrappingKeyFor(request: {
  controller: OrganisationKey;
  customerId: string;
  keyVersion: number;
}): KeyObject {
  const { controller, customerId, keyVersion } = request;
  const info = `custodia|v1|data-key|${customerId}|${keyVersion}`;
  return deriveKey({ from: controller.wrapKey, info });
}
