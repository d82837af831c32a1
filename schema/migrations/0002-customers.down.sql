drop table idempotency;
drop table import_progress;
drop table customer_event;
drop table customer_key;
drop table customer;
