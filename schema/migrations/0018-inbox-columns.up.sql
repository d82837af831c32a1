-- What a record is searched by is known where it is made. It comes into the inbox with the record, as the
-- text of this row, so that whoever seals it moves it without reading it.
create type decision_columns as (
  occurred_at timestamptz,
  recorded_on date,
  request_id text,
  operation text,
  principal_id uuid,
  organisation_id uuid,
  roles text[],
  purpose text,
  case_codes text[],
  token_id text,
  policy_version text,
  law_pack text,
  action text,
  refusal text,
  subject_type text,
  fields text[],
  disclosures text[],
  reasons text[],
  rules text[],
  facets text[],
  retention text,
  concerned_ids uuid[],
  transfer_ids uuid[],
  subjects uuid[],
  row_count integer
);
comment on type decision_columns is 'Columns of a decision that are read out of its text, as a node writes them into the inbox.';

alter table decision_inbox add column columns text;
comment on column decision_inbox.columns is
  'The text of a row of decision_columns; null where whoever seals the record reads its text. Only a shorter way to what the text says.';

-- Rows here and in the log are a little longer than the 2 kB from which PostgreSQL presses them, which
-- costs more time than all their indexes and wins little: most of a record is ids. A row is kept as it is
-- as long as two fit a page; here, where it is gone within the second, as long as it fits one.
alter table decision_inbox alter column body set storage external, alter column columns set storage external;
alter table decision_inbox set (toast_tuple_target = 8160);
alter table decision alter column body set storage external;

create or replace function ensure_decision_month(of timestamptz) returns void language plpgsql as $$
declare
  first timestamptz := date_trunc('month', of at time zone 'UTC') at time zone 'UTC';
  next timestamptz := (date_trunc('month', of at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  kept text;
begin
  foreach kept in array array['standard', 'private'] loop
    execute format(
      'create table if not exists %I partition of %I for values from (%L) to (%L) with (toast_tuple_target = 4080)',
      'decision_' || kept || '_' || to_char(first at time zone 'UTC', 'YYYYMM'), 'decision_' || kept, first, next);
  end loop;
end $$;

do $$
declare
  part regclass;
begin
  for part in select relid from pg_partition_tree('decision') where isleaf loop
    execute format('alter table %s set (toast_tuple_target = 4080)', part);
  end loop;
end $$;
