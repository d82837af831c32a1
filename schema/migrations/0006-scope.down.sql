alter table transfer_item drop column case_codes;
alter table transfer drop column case_codes;
alter table customer
  drop column related_party_of,
  drop column original_purposes;
alter table principal
  drop constraint principal_hours_are_whole,
  drop column clearance,
  drop column hours_zone,
  drop column hours_days,
  drop column hours_from,
  drop column hours_to;
