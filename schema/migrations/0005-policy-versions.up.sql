-- Versions of the policy with all that was done to them, and how every node hears of a change.

create table policy_version (
  digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
  documents jsonb not null check (jsonb_typeof(documents) = 'object'),
  cases jsonb check (jsonb_typeof(cases) = 'object'),
  note text,
  state text not null default 'DRAFT' check (state in ('DRAFT', 'TESTED', 'APPROVED', 'ACTIVE', 'RETIRED')),
  version integer not null default 1 check (version > 0),
  report jsonb,
  created_at timestamptz not null,
  created_by uuid references principal (id),
  tested_at timestamptz,
  tested_by uuid references principal (id),
  approved_at timestamptz,
  approved_by uuid references principal (id),
  activated_at timestamptz,
  activated_by uuid references principal (id),
  retired_at timestamptz,
  retired_by uuid references principal (id),
  check (approved_by <> created_by),
  check (activated_by <> created_by)
);
create unique index policy_version_active on policy_version (state) where state = 'ACTIVE';
create index policy_version_created on policy_version (created_at, digest);
comment on column policy_version.digest is 'SHA-256 over names and texts of all documents: the policy version of every answer.';
comment on column policy_version.documents is 'File name to text.';
comment on column policy_version.cases is 'Decision tables under which it was tested, file name to text; null for those of the product.';
comment on column policy_version.created_by is 'Author; null where the program installed its own documents.';

-- Every step, also those that a later one of the same kind follows, such as an activation again.
create table policy_version_step (
  digest text not null references policy_version (digest),
  version integer not null,
  step text not null check (step in ('INSTALLED', 'SUBMITTED', 'TESTED', 'TEST_FAILED', 'APPROVED', 'ACTIVATED', 'RETIRED')),
  state text not null,
  made_at timestamptz not null,
  principal_id uuid references principal (id),
  via text not null check (via in ('API', 'COMMAND', 'START')),
  note text,
  primary key (digest, version)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% keeps what it has', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger policy_version_documents_stay before update of digest, documents, created_at, created_by on policy_version
  for each row when (old.digest <> new.digest or old.documents <> new.documents
    or old.created_at <> new.created_at or old.created_by is distinct from new.created_by)
  execute function refuse_change();
create trigger policy_version_stays before delete on policy_version
  for each row execute function refuse_change();
create trigger policy_version_step_stays before update or delete on policy_version_step
  for each row execute function refuse_change();

-- Counts transactions that changed a watched table. One row, so that a node that asks has a cheap
-- question, and one that hears of a change knows whether it missed one before.
create table change_count (
  only_row boolean primary key default true check (only_row),
  changes bigint not null default 0,
  made_by xid8
);
insert into change_count default values;

-- At the end of the transaction, when all its other locks are held: two can only wait, never block
-- each other. Who watches hears after the commit, in the order of commits.
create function note_change() returns trigger language plpgsql as $$
begin
  update change_count set changes = changes + 1, made_by = pg_current_xact_id()
   where made_by is distinct from pg_current_xact_id();
  perform pg_notify('custodia_change', tg_table_name || ' ' || changes) from change_count;
  return null;
end $$;

create function watch_changes(watched regclass) returns void language plpgsql as $$
begin
  execute format(
    'create constraint trigger %I after insert or update or delete on %s
       deferrable initially deferred for each row execute function note_change()',
    watched || '_is_watched', watched);
end $$;

select watch_changes('organisation');
select watch_changes('principal');
select watch_changes('role_assignment');
select watch_changes('revoked_token');
select watch_changes('policy_version');
