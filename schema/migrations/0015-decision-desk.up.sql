-- What the auditor's desk searches the decision log by, beside what is there already.
create index decision_operation on decision (operation, tree_index);
create index decision_roles on decision using gin (roles);
create index decision_cases on decision using gin (case_codes);

-- A few thousand words make all facets; the planner has to know the rare ones from the common ones.
alter table decision alter column facets set statistics 1000;
alter table decision alter column subjects set statistics 1000;

-- Between which places the records of a day lie. A time is nearly in the order of the places, so a
-- search for a time reads one stretch of the log, however long ago it was.
create table decision_day (
  day date primary key,
  first_number bigint not null,
  last_number bigint not null,
  check (first_number <= last_number)
);
comment on table decision_day is 'Lowest and highest tree index of the records of a day (UTC).';

create function note_decision_days() returns trigger language plpgsql as $$
begin
  insert into decision_day (day, first_number, last_number)
    select recorded_on, min(tree_index), max(tree_index) from sealed group by recorded_on
    order by recorded_on
  on conflict (day) do update
    set first_number = least(decision_day.first_number, excluded.first_number),
        last_number = greatest(decision_day.last_number, excluded.last_number);
  return null;
end $$;
create trigger decision_notes_its_day after insert on decision
  referencing new table as sealed
  for each statement execute function note_decision_days();

insert into decision_day (day, first_number, last_number)
select recorded_on, min(tree_index), max(tree_index) from decision group by recorded_on;
