-- Organisations and the people and systems that call.

create table organisation (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z][a-z0-9-]{1,62}$'),
  name text not null,
  state text not null default 'ACTIVE' check (state in ('ACTIVE', 'SUSPENDED', 'DISSOLVED')),
  financial boolean not null default false,
  created_at timestamptz not null default now()
);
comment on column organisation.financial is 'Named as a financial organisation: RISK_AML is open to it.';

-- The key of an organisation, wrapped by the master key. A new version is a new row.
create table organisation_key (
  organisation_id uuid not null references organisation (id),
  key_version integer not null check (key_version > 0),
  wrapped_key bytea not null,
  master_key_id text not null,
  created_at timestamptz not null default now(),
  primary key (organisation_id, key_version)
);

create table principal (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  issuer text not null,
  subject text not null,
  kind text not null check (kind in ('PERSON', 'CLIENT')),
  name text not null,
  state text not null default 'ACTIVE' check (state in ('ACTIVE', 'SUSPENDED')),
  training_valid_until timestamptz,
  customer_id uuid,
  serves uuid[] not null default '{}',
  field_ceiling text check (field_ceiling in ('NONE', 'EXISTS', 'TOKEN', 'COARSE', 'PARTIAL', 'CLEAR')),
  allowed_networks cidr[] not null default '{}',
  scopes text[] not null default '{}',
  case_codes text[] not null default '{}',
  case_fields text[] not null default '{}',
  created_at timestamptz not null default now(),
  unique (issuer, subject)
);
comment on column principal.serves is 'Organisations for which an outsider works; its own organisation is always served.';

create table role_assignment (
  id uuid primary key,
  principal_id uuid not null references principal (id),
  role text not null,
  valid_from timestamptz not null default now(),
  valid_to timestamptz,
  granted_by uuid references principal (id),
  check (valid_to is null or valid_to > valid_from)
);
create index role_assignment_principal on role_assignment (principal_id);

create table revoked_token (
  token_id text primary key,
  revoked_at timestamptz not null default now(),
  expires_at timestamptz not null
);
