drop index customer_prospective;
alter table customer drop column prospective_controller_ids;
