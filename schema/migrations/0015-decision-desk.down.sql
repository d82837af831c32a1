drop trigger decision_notes_its_day on decision;
drop function note_decision_days();
drop table decision_day;
alter table decision alter column subjects set statistics -1;
alter table decision alter column facets set statistics -1;
drop index decision_cases;
drop index decision_roles;
drop index decision_operation;
