-- The sealed log: a tree of hashes over the decision records, and the heads of it that were signed.

-- The one row that every sealing transaction locks first: whoever holds it appends, and nobody else.
create table log_head (
  one boolean primary key default true check (one),
  origin text not null check (origin <> ''),
  tree_size bigint not null check (tree_size >= 0),
  root bytea not null check (octet_length(root) = 32),
  sealed_at timestamptz not null
);
comment on table log_head is 'The newest head of the tree: one row, locked by whoever seals.';
comment on column log_head.origin is 'Name of the log: the first line of its checkpoints.';

-- Hashes of the tree, 256 to a tile: level 0 has those of records, each level above those of full tiles.
create table log_tile (
  level smallint not null check (level between 0 and 7),
  tile bigint not null check (tile >= 0),
  hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (level, tile)
);
comment on column log_tile.hashes is '32 bytes each. A tile grows at its end until it has 256 of them.';

create table log_key (
  id uuid primary key,
  name text not null,
  public_key bytea not null unique check (octet_length(public_key) = 32),
  wrapped_seed bytea not null,
  master_key_id text not null,
  state text not null check (state in ('ACTIVE', 'RETIRED')),
  valid_from timestamptz not null,
  valid_to timestamptz,
  check ((state = 'ACTIVE') = (valid_to is null)),
  check (valid_to >= valid_from)
);
comment on table log_key is 'Ed25519 keys of the log. One signs; those before it stay, to verify what they signed.';
create unique index log_key_active on log_key (state) where state = 'ACTIVE';

create table log_checkpoint (
  tree_size bigint primary key check (tree_size > 0),
  root bytea not null check (octet_length(root) = 32),
  sealed_at timestamptz not null,
  note text not null
);
comment on column log_checkpoint.note is 'C2SP signed note of the head, without cosignatures of witnesses.';

create table log_cosignature (
  tree_size bigint not null references log_checkpoint (tree_size),
  verifier_key text not null,
  line text not null,
  witnessed_at timestamptz not null,
  primary key (tree_size, verifier_key)
);
comment on column log_cosignature.line is 'Signature line of the witness, which is added to the note.';

-- Keys of witnesses that have signed a checkpoint.
create table log_witness (
  verifier_key text primary key,
  first_seen_at timestamptz not null
);

-- Up to which checkpoint each of those who keep them has been told.
create table log_publication (
  target text primary key,
  tree_size bigint not null check (tree_size > 0),
  published_at timestamptz not null
);

-- Who seals. It spares nodes from waiting for each other; that no two fork the tree is the head's matter.
create table log_lease (
  one boolean primary key default true check (one),
  holder uuid not null,
  epoch bigint not null check (epoch > 0),
  expires_at timestamptz not null
);
comment on column log_lease.epoch is 'Counts changes of the holder.';

create function log_head_only_grows() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.origin = old.origin and new.sealed_at >= old.sealed_at
     and (new.tree_size > old.tree_size or (new.tree_size = old.tree_size and new.root = old.root)) then
    return new;
  end if;
  raise exception 'the head of the log only grows';
end $$;
create trigger log_head_grows before update or delete on log_head
  for each row execute function log_head_only_grows();

create function log_tile_only_grows() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.level = old.level and new.tile = old.tile
     and octet_length(new.hashes) > octet_length(old.hashes)
     and substring(new.hashes from 1 for octet_length(old.hashes)) = old.hashes then
    return new;
  end if;
  raise exception 'a tile of the log only grows';
end $$;
create trigger log_tile_grows before update or delete on log_tile
  for each row execute function log_tile_only_grows();

-- A note may get one more signature, such as that of a new key; nothing else of it changes.
create function log_checkpoint_stays() returns trigger language plpgsql as $$
begin
  if new.tree_size = old.tree_size and new.root = old.root and new.sealed_at = old.sealed_at
     and starts_with(new.note, old.note) then
    return new;
  end if;
  raise exception 'a checkpoint stays as it was signed';
end $$;
create trigger log_checkpoint_stays before update on log_checkpoint
  for each row execute function log_checkpoint_stays();

create function log_key_only_retires() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.id = old.id and new.name = old.name and new.public_key = old.public_key
     and new.valid_from = old.valid_from and (old.state = 'ACTIVE' or new.state = old.state)
     and (old.valid_to is null or new.valid_to = old.valid_to) then
    return new;
  end if;
  raise exception 'a key of the log stays, and only retires';
end $$;
create trigger log_key_retires before update or delete on log_key
  for each row execute function log_key_only_retires();

create trigger log_cosignature_stays before update on log_cosignature
  for each row execute function refuse_change();
