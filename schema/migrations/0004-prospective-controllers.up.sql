-- Who may count a ledger before it buys it: an attribute that rules read, like the others of a customer.

alter table customer add column prospective_controller_ids uuid[] not null default '{}';
comment on column customer.prospective_controller_ids is 'Receiving organisations of the running transfers that would bring them this customer; empty once custody has passed.';
create index customer_prospective on customer using gin (prospective_controller_ids);

-- Transfers that are running already say it of their items.
update customer c
set prospective_controller_ids = parties.ids
from (
  select i.customer_id, array_agg(distinct t.transferee_id) as ids
  from transfer_item i join transfer t on t.id = i.transfer_id
  where i.state in ('CANDIDATE', 'ELIGIBLE', 'HELD', 'QUEUED', 'FAILED')
    and t.state not in ('COMPLETED', 'RESIDUAL', 'CLOSED', 'REJECTED', 'CANCELLED', 'REVERSED')
  group by i.customer_id
) parties
where c.id = parties.customer_id;
