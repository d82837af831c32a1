-- The decision log: what was decided, for whom, about whom and by which rule; never a value.

-- Committed before an answer leaves, in no order. The sealer takes records from here.
create table decision_inbox (
  id uuid primary key,
  body text not null,
  received_at timestamptz not null default clock_timestamp()
);
comment on table decision_inbox is 'Records that are durable and have no place in the tree yet.';
comment on column decision_inbox.body is 'The canonical text of the record; exactly its bytes become a leaf of the tree.';
create index decision_inbox_received on decision_inbox (received_at);

-- What rules read of a caller, once for each state in which it asked.
create table decision_caller (
  digest text primary key,
  body text not null,
  first_seen_at timestamptz not null default clock_timestamp()
);
comment on column decision_caller.digest is 'SHA-256 of the body in base64url: records name it.';

-- Sealed records. The text is what is proved; the other columns are read out of it, to be searched.
create table decision (
  tree_index bigint not null check (tree_index >= 0),
  sealed_at timestamptz not null,
  retention text not null check (retention in ('STANDARD', 'PRIVATE')),
  id uuid not null,
  occurred_at timestamptz not null,
  recorded_on date not null,
  request_id text not null,
  operation text,
  action text not null,
  principal_id uuid,
  organisation_id uuid,
  roles text[] not null,
  purpose text,
  case_codes text[] not null,
  token_id text,
  policy_version text not null,
  law_pack text,
  subject_type text,
  fields text[] not null,
  disclosures text[] not null,
  reasons text[] not null,
  rules text[] not null,
  facets text[] not null,
  concerned_ids uuid[] not null,
  transfer_ids uuid[] not null,
  subjects uuid[] not null,
  row_count integer not null check (row_count >= 0),
  refusal text,
  body text not null,
  primary key (tree_index, sealed_at, retention)
) partition by list (retention);
comment on column decision.retention is 'How long it is kept: records of PRIVATE values in clear longer than others.';
comment on column decision.principal_id is 'Who asked; null for anonymous callers.';
comment on column decision.facets is 'Fields with disclosures, reasons and rules, each as one word, for one index over all of them.';
comment on column decision.concerned_ids is 'Organisation of the caller, and those that answered for the rows or are parties to them.';
comment on column decision.subjects is 'References of the customers that it is about: their ids under a key that is not here.';

create table decision_standard partition of decision for values in ('STANDARD') partition by range (sealed_at);
create table decision_private partition of decision for values in ('PRIVATE') partition by range (sealed_at);

create index decision_id on decision (id);
create index decision_principal on decision (principal_id, tree_index);
create index decision_operation_request on decision (request_id);
create index decision_recorded on decision (recorded_on, tree_index);
create index decision_purpose on decision (purpose, tree_index);
create index decision_policy on decision (policy_version, tree_index);
create index decision_facets on decision using gin (facets);
create index decision_subjects on decision using gin (subjects);
create index decision_concerned on decision using gin (concerned_ids);
create index decision_transfers on decision using gin (transfer_ids);

-- The parts of a month. They are made ahead of time; a record that has none is not sealed.
create function ensure_decision_month(of timestamptz) returns void language plpgsql as $$
declare
  first timestamptz := date_trunc('month', of at time zone 'UTC') at time zone 'UTC';
  next timestamptz := (date_trunc('month', of at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  kept text;
begin
  foreach kept in array array['standard', 'private'] loop
    execute format(
      'create table if not exists %I partition of %I for values from (%L) to (%L)',
      'decision_' || kept || '_' || to_char(first at time zone 'UTC', 'YYYYMM'), 'decision_' || kept, first, next);
  end loop;
end $$;

-- The states of a customer's rule attributes that are over. The present one is the row itself; a
-- record names the state that it was decided by. Destruction of the customer takes them away.
alter table customer
  add column transfer_ids uuid[] not null default '{}',
  add column circumstances text,
  add column circumstances_salt bytea;
comment on column customer.transfer_ids is 'Transfers of which the customer is or was an item.';
comment on column customer.circumstances is 'Names the present state of all attributes that rules read: a salted digest of it, for the decision log.';

create table customer_circumstances (
  customer_id uuid not null references customer (id),
  circumstances text not null,
  salt bytea not null,
  body text not null,
  until timestamptz not null default clock_timestamp(),
  primary key (customer_id, circumstances)
);

create function customer_circumstances_body(c customer) returns text language sql stable as $$
  select jsonb_build_object(
    'id', c.id, 'controllerId', c.controller_id, 'formerControllerIds', c.former_controller_ids,
    'prospectiveControllerIds', c.prospective_controller_ids,
    'exportKey', c.jurisdiction || '/' || c.controller_id::text, 'province', c.province,
    'ageBand', c.age_band, 'guardianConsent', c.guardian_consent, 'minorApprovedIds', c.minor_approved_ids,
    'rightsRequestOpen', c.rights_request_open, 'basisPurposes', c.basis_purposes,
    'marketingAllowed', c.marketing_allowed, 'assignedAgentIds', c.assigned_agent_ids,
    'relatedPartyOf', c.related_party_of, 'originalPurposes', c.original_purposes,
    'caseCodes', c.case_codes, 'inTransfer', c.in_transfer, 'transferIds', c.transfer_ids, 'kind', c.kind,
    'state', c.state, 'jurisdiction', c.jurisdiction, 'legalHold', c.legal_hold, 'disputeOpen', c.dispute_open
  )::text
$$;

-- 12 bytes of a digest over 16 random ones and the text, in base64url.
create function circumstances_digest(salt bytea, body text) returns text language sql immutable as $$
  select translate(encode(substring(sha256(salt || convert_to(body, 'UTF8')) from 1 for 12), 'base64'), '+/', '-_')
$$;

create function name_customer_circumstances() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.state = 'DESTROYED' then
      delete from customer_circumstances where customer_id = new.id;
    elsif old.circumstances is not null then
      insert into customer_circumstances (customer_id, circumstances, salt, body)
        values (old.id, old.circumstances, old.circumstances_salt, customer_circumstances_body(old))
        on conflict do nothing;
    end if;
  end if;
  new.circumstances_salt := uuid_send(gen_random_uuid());
  new.circumstances := circumstances_digest(new.circumstances_salt, customer_circumstances_body(new));
  return new;
end $$;

create trigger customer_circumstances_on_insert before insert on customer
  for each row execute function name_customer_circumstances();
create trigger customer_circumstances_on_change before update on customer
  for each row when (
    row(old.controller_id, old.former_controller_ids, old.prospective_controller_ids, old.province, old.age_band,
        old.guardian_consent, old.minor_approved_ids, old.rights_request_open, old.basis_purposes,
        old.marketing_allowed, old.assigned_agent_ids, old.related_party_of, old.original_purposes, old.case_codes,
        old.in_transfer, old.transfer_ids, old.kind, old.state, old.jurisdiction, old.legal_hold, old.dispute_open)
    is distinct from
    row(new.controller_id, new.former_controller_ids, new.prospective_controller_ids, new.province, new.age_band,
        new.guardian_consent, new.minor_approved_ids, new.rights_request_open, new.basis_purposes,
        new.marketing_allowed, new.assigned_agent_ids, new.related_party_of, new.original_purposes, new.case_codes,
        new.in_transfer, new.transfer_ids, new.kind, new.state, new.jurisdiction, new.legal_hold, new.dispute_open)
    or new.circumstances is null)
  execute function name_customer_circumstances();

create function note_transfer_of_customer() returns trigger language plpgsql as $$
begin
  update customer set transfer_ids = transfer_ids || new.transfer_id
   where id = new.customer_id and not transfer_ids @> array[new.transfer_id];
  return null;
end $$;
create trigger transfer_item_notes_transfer after insert on transfer_item
  for each row execute function note_transfer_of_customer();

-- Records that are there already get their transfers and a name for their state.
update customer c
set transfer_ids = coalesce(
  (select array_agg(i.transfer_id order by i.transfer_id) from transfer_item i where i.customer_id = c.id), '{}');
alter table customer alter column circumstances set not null, alter column circumstances_salt set not null;

-- What is written stays: nothing of the log is changed in place, and only retention takes it away.
create trigger decision_stays before update or delete on decision
  for each row execute function refuse_change();
create trigger decision_caller_stays before update or delete on decision_caller
  for each row execute function refuse_change();
create trigger decision_inbox_stays before update on decision_inbox
  for each row execute function refuse_change();
