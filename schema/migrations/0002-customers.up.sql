-- Customers. PUBLIC values lie in clear; a SENSITIVE or PRIVATE value x lies as x_sealed beside
-- its renderings below CLEAR (x_partial, x_coarse) and, where it can be looked up or shown as a
-- pseudonym, its blind index (x_index). Attributes that rules read are columns of the row.

create table customer (
  id uuid primary key,
  controller_id uuid not null,
  former_controller_ids uuid[] not null default '{}',
  control_epoch integer not null default 1 check (control_epoch > 0),
  province text,
  age_band text not null check (age_band in ('UNDER_14', 'FROM_14_TO_17', 'ADULT', 'UNKNOWN', 'NOT_A_PERSON')),
  age_band_review_on date,
  guardian_consent boolean not null default false,
  minor_approved_ids uuid[] not null default '{}',
  rights_request_open boolean not null default false,
  basis_purposes text[] not null default '{}',
  marketing_allowed boolean not null default true,
  assigned_agent_ids uuid[] not null default '{}',
  case_codes text[] not null default '{}',
  in_transfer boolean not null default false,

  customer_no text,
  full_name text,
  uscc text,
  legal_representative text,
  contact_persons text,
  phone text,
  email text,
  address text,
  region text,
  nationality text,
  kind text not null check (kind in ('INDIVIDUAL', 'ORGANISATION')),
  state text not null default 'ACTIVE' check (state in ('ACTIVE', 'RESTRICTED', 'SEALED', 'DECEASED', 'DESTROYED')),
  jurisdiction text not null check (jurisdiction in ('CN', 'DE', 'SG')),
  legal_hold boolean not null default false,
  dispute_open boolean not null default false,
  marketing_consent text check (marketing_consent in ('GIVEN', 'REFUSED', 'WITHDRAWN')),
  recorded_on date,

  id_type_sealed bytea,
  id_type_coarse text,
  id_number_sealed bytea,
  id_number_partial text,
  id_number_index bytea,
  birth_date_sealed bytea,
  birth_date_coarse text,
  gender_sealed bytea,
  bank_name_sealed bytea,
  bank_account_sealed bytea,
  bank_account_partial text,
  bank_account_index bytea,
  account_kind_sealed bytea,
  tax_no_sealed bytea,
  tax_no_partial text,
  tax_no_index bytea,
  income_band_sealed bytea,
  credit_info_sealed bytea,
  purchase_total_sealed bytea,
  purchase_total_coarse text,
  order_count_sealed bytea,
  order_count_coarse text,
  preferences_sealed bytea,
  preferences_coarse text,
  tags_sealed bytea,
  health_status_sealed bytea,
  health_status_coarse text,
  disability_sealed bytea,
  medication_sealed bytea,
  marital_status_sealed bytea,
  family_members_sealed bytea,
  family_background_sealed bytea,
  guardian_name_sealed bytea,
  guardian_name_partial text,
  guardian_phone_sealed bytea,
  guardian_phone_partial text,
  guardian_phone_coarse text,
  guardian_relation_sealed bytea,

  record_digest bytea,
  version integer not null default 1 check (version > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),

  -- A tombstone proves that a record was destroyed and holds nothing of it (PIPL Art. 47).
  constraint customer_tombstone_is_empty check (
    state <> 'DESTROYED'
    or (full_name is null and phone is null and email is null and address is null
        and id_number_sealed is null and bank_account_sealed is null and health_status_sealed is null)
  )
);
comment on column customer.record_digest is 'Keyed digest of the record as it was imported; tells whether the same row comes again.';
comment on column customer.age_band_review_on is 'First of the month after which the age band must be looked at again; a stale band protects more, never less.';

-- Uniqueness is scoped to the organisation, so that it can tell nobody about another ledger.
create unique index customer_number on customer (controller_id, customer_no);
create index customer_page on customer (controller_id, id);
create index customer_former on customer using gin (former_controller_ids);
create index customer_name on customer (controller_id, full_name, id);
create index customer_phone on customer (controller_id, phone);
create index customer_email on customer (controller_id, email);
create index customer_region on customer (controller_id, region, id);
create index customer_state on customer (controller_id, state, id);
create index customer_recorded on customer (controller_id, recorded_on, id);
create index customer_updated on customer (controller_id, updated_at, id);
create index customer_id_number on customer (controller_id, id_number_index);
create index customer_bank_account on customer (controller_id, bank_account_index);
create index customer_tax_no on customer (controller_id, tax_no_index);
create index customer_age_review on customer (age_band_review_on) where age_band_review_on is not null;

-- Data key of a customer, wrapped by the key of its controller. Moving custody re-wraps this row;
-- destroying it destroys every sealed value of the customer.
create table customer_key (
  customer_id uuid not null references customer (id),
  key_version integer not null check (key_version > 0),
  controller_id uuid not null,
  wrapped_key bytea not null,
  created_at timestamptz not null default now(),
  primary key (customer_id, key_version)
);

create table customer_event (
  customer_id uuid not null references customer (id),
  id uuid not null,
  kind text not null,
  occurred_at timestamptz not null default now(),
  changed_fields text[] not null default '{}',
  source text,
  primary key (customer_id, id)
);
create index customer_event_id on customer_event (id);

-- How far an import came; written in the transaction of the batch it counts.
create table import_progress (
  organisation_id uuid not null,
  file_digest text not null,
  rows_done integer not null,
  outcome jsonb not null default '{}',
  finished boolean not null default false,
  updated_at timestamptz not null default now(),
  primary key (organisation_id, file_digest)
);

-- Answers already given to a mutation, so that a retry is not done twice.
create table idempotency (
  principal_id uuid not null,
  client_mutation_id text not null,
  fingerprint bytea not null,
  entity_id uuid,
  created_at timestamptz not null default now(),
  primary key (principal_id, client_mutation_id)
);
