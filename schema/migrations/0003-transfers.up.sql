create table transfer (
  id uuid primary key,
  code text not null,
  deal_type text not null,
  legal_path text not null check (legal_path in ('ART21', 'ART22', 'ART23')),
  state text not null,
  transferor_id uuid not null references organisation (id),
  transferee_id uuid not null references organisation (id),
  original_purposes text[] not null default '{}',
  proposed_purposes text[] not null default '{}',
  cross_border boolean not null default false,
  window_opens_at timestamptz,
  window_closes_at timestamptz,
  cutover_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (transferor_id, code),
  check (transferor_id <> transferee_id)
);
create index transfer_transferor on transfer (transferor_id, id);
create index transfer_transferee on transfer (transferee_id, id);

-- Owned by a customer: its id leads the key, so that the table can be distributed by it. The two
-- parties are repeated from the transfer because rules read them and they never change.
create table transfer_item (
  customer_id uuid not null references customer (id),
  transfer_id uuid not null references transfer (id),
  id uuid not null,
  transferor_id uuid not null,
  transferee_id uuid not null,
  state text not null,
  reasons text[] not null default '{}',
  excluded_categories text[] not null default '{}',
  updated_at timestamptz not null default now(),
  primary key (customer_id, transfer_id)
);
create index transfer_item_transfer on transfer_item (transfer_id, id);
create index transfer_item_id on transfer_item (id);
