-- data-steward for DATA_QUALITY
select t.id as c0, t.full_name as c1, t.kind as c2, t.state as c3, t.age_band as c4, t.controller_id as c5, t.export_key as c6, t.guardian_consent as c7, t.jurisdiction as c8, t.minor_approved_ids as c9, t.related_party_of as c10
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
select t.id as c0, t.kind as c1, t.occurred_at as c2, o.age_band as c3, o.controller_id as c4, o.export_key as c5, o.guardian_consent as c6, o.jurisdiction as c7, o.minor_approved_ids as c8, o.related_party_of as c9, o.state as c10
  from customer_event t
  join customer o on o.id = t.customer_id
  where (t.id = any($3::uuid[]) and (o.controller_id = $1::uuid and not (coalesce(o.state = $2::text, false))));
select t.id as c0, o.related_party_of as c1
  from elevation t
  join customer o on o.id = t.customer_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.code as c1, t.state as c2, t.transferee_id as c3, t.transferor_id as c4
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select t.id as c0, t.state as c1, t.customer_id as c2, t.transferee_id as c3, t.transferor_id as c4
  from transfer_item t
  where (t.id = any($3::uuid[]) and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid));
select t.id as c0
  from security_alert t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0
  from cross_border_mechanism t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.full_name as c1, t.age_band as c2, t.export_key as c3, t.guardian_consent as c4, t.jurisdiction as c5, t.minor_approved_ids as c6, t.related_party_of as c7
  from customer t
  where (t.id = any($4::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- partner-system
select t.id as c0, t.full_name as c1, t.kind as c2, t.age_band as c3, t.basis_purposes as c4, t.controller_id as c5, t.export_key as c6, t.guardian_consent as c7, t.jurisdiction as c8, t.minor_approved_ids as c9, t.original_purposes as c10, t.related_party_of as c11, t.state as c12
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
select t.id as c0, t.kind as c1, o.age_band as c2, o.basis_purposes as c3, o.controller_id as c4, o.export_key as c5, o.guardian_consent as c6, o.jurisdiction as c7, o.minor_approved_ids as c8, o.original_purposes as c9, o.related_party_of as c10, o.state as c11
  from customer_event t
  join customer o on o.id = t.customer_id
  where (t.id = any($3::uuid[]) and (o.controller_id = $1::uuid and not (coalesce(o.state = $2::text, false))));
select t.id as c0, o.related_party_of as c1
  from elevation t
  join customer o on o.id = t.customer_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.code as c1, t.state as c2, t.transferee_id as c3, t.transferor_id as c4
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select t.id as c0, t.state as c1, t.customer_id as c2, t.transferor_id as c3
  from transfer_item t
  where (t.id = any($2::uuid[]) and t.transferor_id = $1::uuid);
select t.id as c0
  from security_alert t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0
  from cross_border_mechanism t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.full_name as c1, t.kind as c2, t.age_band as c3, t.basis_purposes as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.original_purposes as c9, t.related_party_of as c10
  from customer t
  where (t.id = any($4::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));
