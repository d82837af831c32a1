-- What follows from law packs: age bands without ages in their names, and what crosses a border.

alter table customer drop constraint customer_age_band_check;
alter table customer rename column age_band_review_on to age_reckoned_from;
alter index customer_age_review rename to customer_age_reckoned;
-- Reviews were set to the first of the month after the birthday that ended the band, then 14 or 18.
update customer
set age_reckoned_from = case age_band
      when 'UNDER_14' then age_reckoned_from - interval '14 years'
      when 'FROM_14_TO_17' then age_reckoned_from - interval '18 years'
    end,
    age_band = case age_band when 'UNDER_14' then 'CHILD' else 'YOUTH' end
where age_band in ('UNDER_14', 'FROM_14_TO_17');
alter table customer add constraint customer_age_band_check
  check (age_band in ('CHILD', 'YOUTH', 'ADULT', 'UNKNOWN', 'NOT_A_PERSON'));
comment on column customer.age_reckoned_from is 'First of the month after the birth of a minor; null for everybody else. The band follows it, the calendar and the law of the jurisdiction.';

update transfer_item
set reasons = array_replace(reasons, 'MINOR_UNDER_14', 'CHILD_WITHOUT_GUARDIAN')
where 'MINOR_UNDER_14' = any (reasons);

alter table principal add column location text check (location ~ '^[A-Z]{2}$');
comment on column principal.location is 'Where the principal works (ISO 3166-1 alpha-2), unless its token says otherwise; null counts as outside everywhere.';

alter table customer add column export_key text
  generated always as (jurisdiction || '/' || controller_id::text) stored;
comment on column customer.export_key is 'Law and controller, by which mechanisms for crossing a border are known.';

-- Contracts, certificates and assessments under which an organisation may let data cross a border.
create table cross_border_mechanism (
  id uuid primary key,
  controller_id uuid not null references organisation (id),
  recipient_id uuid not null references organisation (id),
  from_jurisdiction text not null check (from_jurisdiction ~ '^[A-Z]{2}$'),
  to_jurisdiction text not null check (to_jurisdiction ~ '^[A-Z]{2}$'),
  kind text not null check (kind in ('SECURITY_ASSESSMENT', 'STANDARD_CONTRACT', 'CERTIFICATION', 'SCC', 'ADEQUACY', 'BCR', 'DEROGATION', 'EXEMPTION')),
  reference text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  check (from_jurisdiction <> to_jurisdiction),
  check (valid_to is null or valid_to > valid_from)
);
comment on column cross_border_mechanism.recipient_id is 'Organisation whose people and systems receive the data; the controller itself for its own staff abroad.';
create index cross_border_mechanism_recipient on cross_border_mechanism (recipient_id);
create index cross_border_mechanism_controller on cross_border_mechanism (controller_id);
select watch_changes('cross_border_mechanism');

-- Distinct persons whose data left since 1 January, by which the law chooses the mechanism.
create table cross_border_count (
  controller_id uuid not null references organisation (id),
  from_jurisdiction text not null check (from_jurisdiction ~ '^[A-Z]{2}$'),
  year integer not null,
  persons_general bigint not null default 0 check (persons_general >= 0),
  persons_sensitive bigint not null default 0 check (persons_sensitive >= 0),
  counted_at timestamptz not null default now(),
  primary key (controller_id, from_jurisdiction, year)
);
comment on column cross_border_count.persons_sensitive is 'Those of them of whom sensitive data left.';
