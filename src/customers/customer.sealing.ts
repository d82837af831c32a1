import type { KeyObject } from "node:crypto";
import { type FieldDefinition, type TypeDefinition, typeIn } from "../classification/catalog.ts";
import { readCatalog } from "../classification/field.ts";
import { applyRendering, type Rendering } from "../classification/rendering.ts";
import { storedColumnsOf } from "../classification/stored-columns.ts";
import { blindIndex } from "../sealing/blind-index.ts";
import type { OrganisationKey } from "../sealing/organisation-key.ts";
import { open, seal } from "../sealing/sealed-value.ts";
import { Customer } from "./customer.entity.ts";

/** Values of a customer by field name; null means no value, a missing name says nothing. */
export type FieldValues = Readonly<Record<string, string | null | undefined>>;

/** What a column of a customer's row takes. */
export type ColumnValue = string | number | boolean | Date | Buffer | readonly string[] | null;

/** Columns of a row of `customer` with their values. */
export type Columns = Record<string, ColumnValue>;

/** Under which keys the values of one customer are sealed and indexed. */
export interface SealingKeys {
  readonly customerId: string;
  readonly dataKey: KeyObject;
  readonly keyVersion: number;
  /** Newest key of the organisation that controls the customer. */
  readonly controller: OrganisationKey;
}

/** The customer in the catalog of guarded types. */
export const CUSTOMER_TYPE: TypeDefinition = typeIn(readCatalog([Customer.name]), Customer.name);

/**
 * The columns of the given fields: PUBLIC ones in clear; the others as ciphertext, renderings and
 * blind index. Which field is which comes from the catalog alone, so a new field needs no change.
 *
 * @param values the fields to write; names that are no guarded fields are left out
 * @param siblings the customer's other values, for renderings that depend on them
 */
export function sealFields({
  values,
  siblings,
  keys,
  into = {},
}: {
  values: FieldValues;
  siblings?: FieldValues;
  keys: SealingKeys;
  /** Columns to add to; new ones unless given. */
  into?: Columns;
}): Columns {
  const record = siblings === undefined ? values : { ...siblings, ...values };
  for (const name in values) {
    const field = CUSTOMER_TYPE.fields.get(name);
    const value = values[name];
    if (field === undefined || value === undefined) continue;
    if (field.isSealed) sealInto({ columns: into, field, value, record, keys });
    else into[field.column] = value;
  }
  return into;
}

/**
 * Opens one sealed field.
 *
 * @param sealed what lies in the field's `_sealed` column
 * @throws SealedValueError for bytes that were not sealed for this field of this customer
 */
export function openField({
  field,
  sealed,
  customerId,
  dataKey,
  keyVersion,
}: { field: FieldDefinition; sealed: Buffer } & Omit<SealingKeys, "controller">): string {
  const { column } = field;
  return open({ key: dataKey, keyVersion, table: CUSTOMER_TYPE.table, column, customerId, sealed });
}

/**
 * The blind indexes that a value may lie under: one for each key, since every controller, and every
 * version of its key, has its own.
 *
 * @param value in the stored form of the field, as validation gives it
 */
export function blindIndexesFor({
  field,
  value,
  organisationKeys,
}: {
  field: FieldDefinition;
  value: string;
  organisationKeys: readonly OrganisationKey[];
}): Buffer[] {
  return organisationKeys.map((organisation) => indexOf({ field, value, organisation }));
}

function sealInto({
  columns,
  field,
  value,
  record,
  keys,
}: {
  columns: Columns;
  field: FieldDefinition;
  value: string | null;
  record: FieldValues;
  keys: SealingKeys;
}): void {
  const { sealed, partial, coarse, index } = storedColumnsOf(field);
  if (value === null) {
    for (const column of [sealed, partial, coarse, index]) if (column) columns[column] = null;
    return;
  }
  const { PARTIAL, COARSE } = field.renderings;
  const rendered = (rendering: Rendering | undefined): string | null =>
    rendering === undefined
      ? null
      : applyRendering({ rendering, value, record, shape: field.shape });

  if (sealed) columns[sealed] = sealOne({ field, value, keys });
  if (partial) columns[partial] = rendered(PARTIAL);
  if (coarse) columns[coarse] = rendered(COARSE);
  if (index) columns[index] = indexOf({ field, value, organisation: keys.controller });
}

function sealOne({
  field,
  value,
  keys,
}: {
  field: FieldDefinition;
  value: string;
  keys: SealingKeys;
}): Buffer {
  const { dataKey, keyVersion, customerId } = keys;
  const { table } = CUSTOMER_TYPE;
  return seal({
    key: dataKey,
    keyVersion,
    table,
    column: field.column,
    customerId,
    plaintext: value,
  });
}

function indexOf({
  field,
  value,
  organisation,
}: {
  field: FieldDefinition;
  value: string;
  organisation: OrganisationKey;
}): Buffer {
  const column = `${CUSTOMER_TYPE.table}.${field.column}`;
  return blindIndex({ organisationIndexKey: organisation.indexKey, column, value });
}
