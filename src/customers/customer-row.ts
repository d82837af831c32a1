import { v7 as uuidv7 } from "uuid";
import { newDataKey, wrapDataKey, type WrappedDataKey } from "../sealing/data-keys.ts";
import type { OrganisationKey } from "../sealing/organisation-key.ts";
import { storedColumnsOf } from "../classification/stored-columns.ts";
import { objectTemplate } from "../lib/object-template.ts";
import { recordDigest } from "../sealing/record-digest.ts";
import type { AgesIn } from "./age-limits.ts";
import { attributesOf } from "./customer-attributes.ts";
import type { Jurisdiction } from "./customer.enums.ts";
import { CUSTOMER_TYPE, type Columns, type FieldValues, sealFields } from "./customer.sealing.ts";
import { CUSTOMER_FIELDS, type CustomerRecord } from "./customer-record.ts";
import { canonicalRecord } from "./import/record-digest.ts";

/** A row of `customer_event`; it names fields, never values. */
export interface CustomerEventRow {
  readonly id: string;
  readonly kind: string;
  readonly occurredAt: Date;
  readonly changedFields: readonly string[];
  /** Where the change came from, such as the digest of a file or the code of a case. */
  readonly source: string | null;
}

/** A customer ready to be stored: its row, its wrapped data key and what happened to it so far. */
export interface NewCustomer {
  readonly id: string;
  /** Columns of `customer` but for the id; those left out hold no value. */
  readonly columns: Columns;
  /** Null for a tombstone: its values are gone because its key is. */
  readonly key: WrappedDataKey | null;
  readonly events: readonly CustomerEventRow[];
}

/** What a row is made from. */
export interface NewCustomerSource {
  readonly record: CustomerRecord;
  /** Newest key of the organisation that will answer for the customer. */
  readonly controller: OrganisationKey;
  readonly jurisdiction: Jurisdiction;
  readonly now: Date;
  readonly source: string;
  readonly agesIn: AgesIn;
  /** UUIDv7; a new one unless given. */
  readonly id?: string;
  /** The record's canonical text, where it is known already. */
  readonly canonical?: string;
}

/** The version of the first data key of a customer. */
const FIRST_KEY_VERSION = 1;

/** Columns of a customer to whom nothing has happened yet. */
export const UNTOUCHED: Columns = {
  state: "ACTIVE",
  former_controller_ids: [],
  prospective_controller_ids: [],
  control_epoch: 1,
  minor_approved_ids: [],
  assigned_agent_ids: [],
  case_codes: [],
  related_party_of: [],
  original_purposes: null,
  rights_request_open: false,
  legal_hold: false,
  dispute_open: false,
  in_transfer: false,
  version: 1,
};

/** Every column of a row whose record holds no value. */
const NEW_ROW: Columns = { ...(objectTemplate(columnNames()) as Columns), ...UNTOUCHED };

function columnNames(): string[] {
  const ofRecord = [...CUSTOMER_TYPE.fields.values()].flatMap((field) =>
    Object.values(storedColumnsOf(field)).filter((column) => column !== null),
  );
  const ofRules =
    "age_band age_reckoned_from guardian_consent basis_purposes marketing_allowed province region";
  const ofTheRow = "controller_id jurisdiction record_digest created_at updated_at";
  return [...Object.keys(UNTOUCHED), ...`${ofRules} ${ofTheRow}`.split(" "), ...ofRecord];
}

/** Seals a record under a new data key and derives what rules read of it. */
export function newCustomer({
  record,
  controller,
  jurisdiction,
  now,
  source,
  agesIn,
  id = uuidv7(),
  canonical = canonicalRecord(record),
}: NewCustomerSource): NewCustomer {
  const dataKey = newDataKey();
  const keyVersion = FIRST_KEY_VERSION;
  const keys = { customerId: id, dataKey, keyVersion, controller };
  const columns: Columns = { ...NEW_ROW };
  columns["controller_id"] = controller.organisationId;
  Object.assign(columns, recordColumns({ record, jurisdiction, now, agesIn }));
  sealFields({ values: record as FieldValues & CustomerRecord, keys, into: columns });
  columns["record_digest"] = digestOf(canonical, controller);
  columns["created_at"] = now;
  columns["updated_at"] = now;
  return {
    id,
    columns,
    key: wrapDataKey({ key: dataKey, customerId: id, keyVersion, controller }),
    events: [
      {
        id: uuidv7(),
        kind: "IMPORTED",
        occurredAt: now,
        changedFields: fieldsWithValues(record),
        source,
      },
    ],
  };
}

/** The columns that rules read, as the record states them. */
export function recordColumns(from: {
  record: CustomerRecord;
  jurisdiction: Jurisdiction;
  now: Date;
  agesIn: AgesIn;
}): Columns {
  const attributes = attributesOf(from);
  return {
    age_band: attributes.ageBand,
    age_reckoned_from: attributes.ageReckonedFrom,
    guardian_consent: attributes.guardianConsent,
    basis_purposes: attributes.basisPurposes,
    marketing_allowed: attributes.marketingAllowed,
    province: attributes.province,
    region: attributes.region,
    jurisdiction: attributes.jurisdiction,
  };
}

/** The keyed digest of a record's canonical text, under which the same record is known again. */
export function digestOf(canonical: string, organisation: OrganisationKey): Buffer {
  return recordDigest({ organisationDigestKey: organisation.digestKey, canonical });
}

/** The parts of a record that are guarded fields; street and city, say, are only in its address. */
const GUARDED_PARTS = CUSTOMER_FIELDS.filter((name) => CUSTOMER_TYPE.fields.has(name));

/** The values of a record that are guarded fields. */
export function valuesOf(record: CustomerRecord): FieldValues {
  return Object.fromEntries(GUARDED_PARTS.map((name) => [name, record[name]]));
}

function fieldsWithValues(record: CustomerRecord): string[] {
  return GUARDED_PARTS.filter((name) => record[name] !== null);
}
