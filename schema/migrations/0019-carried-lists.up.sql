-- Every filter and every order that lists offer is carried by an index (test/exhaustive/indexes.test.ts).
-- Where few rows have a value the index has those alone, so that it costs nothing to write the others.

create index customer_uscc on customer (controller_id, uscc) where uscc is not null;
create index customer_kind on customer (controller_id, kind, id);
create index customer_jurisdiction on customer (controller_id, jurisdiction, id);
create index customer_marketing_consent on customer (controller_id, marketing_consent, id) where marketing_consent is not null;
create index customer_legal_hold on customer (controller_id, id) where legal_hold;
create index customer_dispute on customer (controller_id, id) where dispute_open;
create index customer_in_transfer on customer (controller_id, id) where in_transfer;

create index transfer_code on transfer (code, id);
create index transfer_state on transfer (state, id);
create index transfer_deal_type on transfer (deal_type, id);
create index transfer_legal_path on transfer (legal_path, id);
create index transfer_cross_border on transfer (id) where cross_border;
create index transfer_window_opens on transfer (window_opens_at, id);
create index transfer_window_closes on transfer (window_closes_at, id);
create index transfer_cutover on transfer (cutover_at, id);

create index transfer_item_state on transfer_item (transfer_id, state, id);
create index transfer_item_updated on transfer_item (transfer_id, updated_at, id);

create index security_alert_kind on security_alert (kind, id);
create index security_alert_name on security_alert (caller, id);
create index security_alert_occurred on security_alert (occurred_at, id);
create index security_alert_open on security_alert (id) where not acknowledged;
