drop index customer_name_prefix;
drop function spend_lookups;
drop table security_alert;
drop table lookup_seen;
drop table lookup_budget;
