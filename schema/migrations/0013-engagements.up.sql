-- Audits: who looks at what of whom, how far they are, and what was drawn in them.

create table audit_engagement (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  code text not null,
  kind text not null check (kind in ('INTERNAL', 'EXTERNAL', 'REGULATOR_ORDERED')),
  state text not null check (state in (
    'PLANNED', 'FIELDWORK', 'DRAFT', 'RESPONSE', 'FINAL', 'FOLLOW_UP', 'CLOSED'
  )),
  organisation_ids uuid[] not null check (cardinality(organisation_ids) > 0),
  limited_to_transfers boolean not null,
  transfer_ids uuid[] not null,
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  criteria text[] not null check (cardinality(criteria) > 0),

  firm_id uuid not null references organisation (id),
  firm text not null,
  lead_id uuid not null references principal (id),
  lead text not null,
  team_ids uuid[] not null,
  independence_declared boolean not null default false,

  planned_by_id uuid not null references principal (id),
  planned_by text not null,
  planned_at timestamptz not null,
  opened_by_id uuid references principal (id),
  opened_by text,
  opened_at timestamptz,
  closed_by text,
  closed_at timestamptz,
  close_reason text,
  version integer not null default 1 check (version > 0),

  unique (organisation_id, code),
  constraint audit_engagement_transfers check (limited_to_transfers = (cardinality(transfer_ids) > 0)),
  constraint audit_engagement_led_by_member check (lead_id = any (team_ids)),
  -- Whatever else goes wrong, nobody audits without having declared, and nobody lets outsiders in alone.
  constraint audit_engagement_independence check (opened_at is null or independence_declared),
  constraint audit_engagement_opened check (num_nulls(opened_by_id, opened_by, opened_at) in (0, 3)),
  constraint audit_engagement_begun check (state in ('PLANNED', 'CLOSED') or opened_at is not null),
  constraint audit_engagement_four_eyes check (kind = 'INTERNAL' or opened_by_id <> planned_by_id),
  constraint audit_engagement_by_others check (kind = 'INTERNAL' or not (firm_id = any (organisation_ids))),
  constraint audit_engagement_closed check ((state = 'CLOSED') = (closed_at is not null))
);
comment on column audit_engagement.organisation_id is 'Organisation of who planned it; codes are its own.';
comment on column audit_engagement.transfer_ids is 'Empty where the audit is not limited to transfers.';
comment on column audit_engagement.firm is 'Name of the auditing organisation as it was then.';
comment on column audit_engagement.lead is 'Name of the principal as it was then; never a customer''s.';

create index audit_engagement_team on audit_engagement using gin (team_ids);
create index audit_engagement_organisations on audit_engagement using gin (organisation_ids);

create table audit_team_member (
  id uuid primary key,
  engagement_id uuid not null references audit_engagement (id) on delete cascade,
  principal_id uuid not null references principal (id),
  name text not null,
  leads boolean not null,
  declared_at timestamptz,
  unique (engagement_id, principal_id)
);
comment on column audit_team_member.declared_at is 'When the member declared to be independent of the audited; null until then.';

create table audit_sample (
  id uuid primary key,
  engagement_id uuid not null references audit_engagement (id),
  population text not null,
  seed integer not null,
  wanted integer not null check (wanted > 0),
  query text,
  policy_version text not null,
  population_size integer not null check (population_size >= 0),
  drawn integer not null check (drawn between 0 and wanted),
  id_digest text not null,
  tree_size text check (tree_size ~ '^\d+$'),
  drawn_by_id uuid not null references principal (id),
  drawn_by text not null,
  drawn_at timestamptz not null
);
comment on column audit_sample.query is 'The filter as JSON; null for everything within the audit.';
comment on column audit_sample.id_digest is 'SHA-256 over the drawn ids in their order, hex.';
comment on column audit_sample.tree_size is 'Records in the decision log when decisions were drawn; null for what is no log.';
create index audit_sample_engagement on audit_sample (engagement_id, id);
create trigger audit_sample_stays before update or delete on audit_sample
  for each row execute function refuse_change();

-- Whoever remembers who audits whom hears of it.
select watch_changes('audit_engagement');
