import { v7 as uuidv7 } from "uuid";
import { invariant } from "../lib/invariant.ts";
import { unwrapDataKey, type WrappedDataKey } from "../sealing/data-keys.ts";
import type { OrganisationKeys } from "../sealing/organisation-keys.ts";
import { storedColumnsOf } from "../classification/stored-columns.ts";
import type { AgesIn } from "./age-limits.ts";
import { canonicalRecord } from "./import/record-digest.ts";
import type { CustomerRecord } from "./customer-record.ts";
import { type CustomerEventRow, digestOf, recordColumns, valuesOf } from "./customer-row.ts";
import type { Jurisdiction } from "./customer.enums.ts";
import {
  type Columns,
  CUSTOMER_TYPE,
  openField,
  sealFields,
  type SealingKeys,
} from "./customer.sealing.ts";

/** A customer as it lies in the tables. */
export interface StoredCustomer {
  readonly id: string;
  readonly version: number;
  /** Every column of the row. */
  readonly columns: Readonly<Record<string, unknown>>;
  readonly key: WrappedDataKey;
}

/** A customer whose record came again with other values. */
export interface ChangedCustomer {
  readonly id: string;
  /** Version of the row that the change was made from. */
  readonly version: number;
  /** Columns that a record states; the others stay as they are. */
  readonly columns: Columns;
  readonly event: CustomerEventRow;
}

/** Seals a record again under the data key that the customer has, and names the fields that differ. */
export function changedCustomer({
  record,
  stored,
  organisationKeys,
  now,
  source,
  agesIn,
}: {
  record: CustomerRecord;
  stored: StoredCustomer;
  organisationKeys: OrganisationKeys;
  now: Date;
  source: string;
  agesIn: AgesIn;
}): ChangedCustomer {
  const { id, version, key } = stored;
  const dataKey = unwrapDataKey({ row: key, organisationKeys });
  const controller = organisationKeys.newest(key.controllerId);
  const keys: SealingKeys = { customerId: id, dataKey, keyVersion: key.keyVersion, controller };
  const jurisdiction = jurisdictionOf(stored);
  return {
    id,
    version,
    columns: {
      ...recordColumns({ record, jurisdiction, now, agesIn }),
      ...sealFields({ values: valuesOf(record), keys }),
      record_digest: digestOf(canonicalRecord(record), controller),
      updated_at: now,
    },
    event: {
      id: uuidv7(),
      kind: "UPDATED",
      occurredAt: now,
      changedFields: fieldsThatDiffer({ record, stored, keys }),
      source,
    },
  };
}

function fieldsThatDiffer({
  record,
  stored,
  keys,
}: {
  record: CustomerRecord;
  stored: StoredCustomer;
  keys: SealingKeys;
}): string[] {
  const values = valuesOf(record);
  return Object.keys(values).filter((name) => values[name] !== storedValue({ name, stored, keys }));
}

function storedValue(from: { name: string; stored: StoredCustomer; keys: SealingKeys }): unknown {
  const { name, stored, keys } = from;
  const field = CUSTOMER_TYPE.fields.get(name);
  invariant(field !== undefined, `Customer.${name} is not a guarded field`);
  const { sealed: sealedColumn } = storedColumnsOf(field);
  if (sealedColumn === null) return stored.columns[field.column] ?? null;
  const sealed = stored.columns[sealedColumn];
  return Buffer.isBuffer(sealed) ? openField({ ...keys, field, sealed }) : null;
}

function jurisdictionOf({ columns }: StoredCustomer): Jurisdiction {
  return columns["jurisdiction"] as Jurisdiction;
}
