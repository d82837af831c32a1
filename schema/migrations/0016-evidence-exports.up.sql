-- Evidence that auditors take with them. No bundle is stored: its bytes follow from what is here.

create table evidence_export (
  id uuid primary key,
  engagement_id uuid not null references audit_engagement (id),
  requester_id uuid not null references principal (id),
  requested_by text not null,
  purpose text not null,
  policy_version text not null,
  asked_filter text,
  scope text not null,
  told text not null,
  tree_size bigint not null check (tree_size >= 0),
  checkpoint text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),

  state text not null default 'PREPARING' check (state in ('PREPARING', 'READY', 'FAILED', 'EXPIRED')),
  looked_at bigint not null default 0 check (looked_at between 0 and tree_size),
  resume_at bigint not null default 0 check (resume_at between 0 and tree_size),
  records bigint not null default 0 check (records >= 0),
  bytes bigint not null default 0 check (bytes >= 0),
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  ready_at timestamptz,
  delivered_bytes bigint not null default 0 check (delivered_bytes between 0 and bytes),
  delivered_at timestamptz,
  worker uuid,
  leased_until timestamptz,
  constraint evidence_export_ready check (state <> 'READY' or num_nulls(digest, ready_at) = 0)
);
comment on column evidence_export.requested_by is 'Name of the principal as it was then; never a customer''s.';
comment on column evidence_export.asked_filter is 'The filter as JSON; null for everything within the audit.';
comment on column evidence_export.scope is 'Which records: the row condition of who asked, the audit and the filter, as they were then.';
comment on column evidence_export.told is 'The scope in words and ids as JSON, for the manifest.';
comment on column evidence_export.checkpoint is 'Signed head of the tree in which every record is proved.';
comment on column evidence_export.looked_at is 'Records of the tree that were looked at so far, whether they are in the scope or not.';
comment on column evidence_export.resume_at is 'Every record of the scope before this index lies in a part.';
comment on column evidence_export.bytes is 'Size of the bundle; until it is ready what is known of it so far.';
comment on column evidence_export.digest is 'SHA-256 of the manifest, which names the digests of all files.';
comment on column evidence_export.delivered_bytes is 'How far into the bundle somebody has got.';
comment on column evidence_export.worker is 'Which node prepares it; its turn is over at leased_until, by the clock of the database.';

create index evidence_export_engagement on evidence_export (engagement_id, id);
create index evidence_export_waiting on evidence_export (created_at, id) where state = 'PREPARING';
create index evidence_export_due on evidence_export (expires_at) where state <> 'EXPIRED';

-- Pieces of a bundle in their order: how long each is, so that a download goes on at any byte.
create table evidence_part (
  export_id uuid not null references evidence_export (id) on delete cascade,
  place integer not null check (place >= 0),
  file text not null,
  kind text not null check (kind in ('TEXT', 'RECORDS', 'INCLUSION', 'CALLERS', 'POLICY')),
  content jsonb not null,
  bytes bigint not null check (bytes >= 0),
  digest bytea not null check (length(digest) = 32),
  primary key (export_id, place)
);
comment on column evidence_part.content is 'What it is made from: a text, tree indexes, digests of callers, or a policy document.';
comment on column evidence_part.digest is 'SHA-256 of its bytes; a part that comes out otherwise is not given.';

-- What was asked for stays as it was asked.
create trigger evidence_export_stays before update on evidence_export for each row
  when ((old.id, old.engagement_id, old.requester_id, old.requested_by, old.purpose, old.policy_version, old.scope,
         old.told, old.tree_size, old.checkpoint, old.created_at, old.expires_at)
    is distinct from (new.id, new.engagement_id, new.requester_id, new.requested_by, new.purpose, new.policy_version,
         new.scope, new.told, new.tree_size, new.checkpoint, new.created_at, new.expires_at)
    or old.asked_filter is distinct from new.asked_filter)
  execute function refuse_change();
