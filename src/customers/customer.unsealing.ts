import type { Row } from "../database/read-request.ts";
import type { Unsealer } from "../guard/disclose.ts";
import { invariant } from "../lib/invariant.ts";
import type { WrappedDataKey } from "../sealing/data-keys.ts";
import type { DataKeyCache } from "../sealing/data-key-cache.ts";
import type { OrganisationKeys } from "../sealing/organisation-keys.ts";
import { pseudonym, pseudonymOfValue } from "../sealing/pseudonym.ts";
import { openField } from "./customer.sealing.ts";

/** Opens the sealed values of customers and makes their pseudonyms, for the guard. */
export function createUnsealer({
  dataKeys,
  organisationKeys,
}: {
  dataKeys: DataKeyCache;
  organisationKeys: OrganisationKeys;
}): Unsealer {
  return {
    open(field, row) {
      const wrapped = wrappedKeyOf(row);
      return openField({
        field,
        sealed: row[field.name] as Buffer,
        customerId: wrapped.customerId,
        dataKey: dataKeys.keyOf(wrapped),
        keyVersion: wrapped.keyVersion,
      });
    },

    pseudonymOfIndex({ field, purpose, controllerId, index }) {
      const { tokenKey } = organisationKeys.newest(controllerId);
      return pseudonym({
        organisationTokenKey: tokenKey,
        purpose,
        field: field.name,
        indexed: index,
      });
    },

    pseudonymOfValue({ field, purpose, controllerId, value }) {
      return pseudonymOfValue({
        organisation: organisationKeys.newest(controllerId),
        purpose,
        field: field.name,
        column: `customer.${field.column}`,
        value,
      });
    },
  };
}

function wrappedKeyOf(row: Row): WrappedDataKey {
  invariant(row.$key != null, "a sealed value was asked for without its key");
  return row.$key;
}
