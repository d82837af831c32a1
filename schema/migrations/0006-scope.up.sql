-- What the employer lets somebody read and when; whom a customer is related to; what the customer was
-- collected for, where custody has passed; and the cases to which a transfer belongs.

alter table principal
  add column clearance text check (clearance in ('PUBLIC', 'SENSITIVE', 'PRIVATE')),
  add column hours_zone text,
  add column hours_days text[] check (hours_days <@ array['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']),
  add column hours_from text check (hours_from ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  add column hours_to text check (hours_to ~ '^(([01]\d|2[0-3]):[0-5]\d|24:00)$'),
  add constraint principal_hours_are_whole check (
    num_nulls(hours_zone, hours_days, hours_from, hours_to) in (0, 4) and hours_from <> hours_to
  );
comment on column principal.clearance is 'Highest class of fields that the employer lets them read; staff without one are cleared for PUBLIC alone.';
comment on column principal.hours_zone is 'IANA time zone of the working hours; null where the employer set none.';
comment on column principal.hours_days is 'Days on which a shift starts.';
comment on column principal.hours_to is 'Earlier than hours_from where the shift ends on the day after.';

alter table customer
  add column related_party_of uuid[] not null default '{}',
  add column original_purposes text[];
comment on column customer.related_party_of is 'Principals who are related to the customer and may not work on the record.';
comment on column customer.original_purposes is 'Purposes for which another organisation collected the record, and those agreed with the customer since; null where the controller collected it itself.';

alter table transfer add column case_codes text[] not null default '{}';
alter table transfer_item add column case_codes text[] not null default '{}';
comment on column transfer.case_codes is 'Codes of the cases, such as audit engagements, to which the transfer belongs.';
comment on column transfer_item.case_codes is 'Those of the transfer, repeated because rules read them.';

-- Custody that has passed already carries the purposes of its transfer, the last one where there were several.
update customer c
set original_purposes = passed.purposes
from (
  select distinct on (i.customer_id) i.customer_id, t.transferee_id, t.original_purposes as purposes
  from transfer_item i join transfer t on t.id = i.transfer_id
  where i.state in ('CUT_OVER', 'VERIFIED', 'SOURCE_SEALED', 'SOURCE_DESTROYED')
  order by i.customer_id, t.cutover_at desc nulls last
) passed
where c.id = passed.customer_id and c.controller_id = passed.transferee_id;
