create or replace function ensure_decision_month(of timestamptz) returns void language plpgsql as $$
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

do $$
declare
  part regclass;
begin
  for part in select relid from pg_partition_tree('decision') where isleaf loop
    execute format('alter table %s reset (toast_tuple_target)', part);
  end loop;
end $$;
alter table decision alter column body set storage extended;
alter table decision_inbox reset (toast_tuple_target);
alter table decision_inbox alter column body set storage extended;
alter table decision_inbox drop column columns;
drop type decision_columns;
