-- cs-agent for SERVICE_DELIVERY
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10, r.c11, r.c12, r.c13, r.c14, r.c15, r.c16, r.c17, r.c18, r.c19, r.c20, r.c21, r.c22, r.c23, k.key_version, k.controller_id, k.wrapped_key
  from (select t.id as c0, t.full_name as c1, t.phone as c2, t.email as c3, t.region as c4, t.birth_date_coarse as c5, t.id_number_partial as c6, t.bank_account_partial as c7, t.purchase_total_sealed as c8, t.purchase_total_coarse as c9, t.state as c10, t.age_band as c11, t.assigned_agent_ids as c12, t.basis_purposes as c13, t.circumstances as c14, t.controller_id as c15, t.export_key as c16, t.former_controller_ids as c17, t.guardian_consent as c18, t.jurisdiction as c19, t.minor_approved_ids as c20, t.original_purposes as c21, t.related_party_of as c22, t.transfer_ids as c23, row_number() over (order by t.id asc) as n
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))))
  order by t.id asc
  limit $4::bigint) r
  left join lateral ( select key_version, controller_id, wrapped_key
  from customer_key
  where customer_id = r.c0
  order by key_version desc
  limit 1) k on true
  order by r.n;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- sales-analyst for MARKETING
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10, r.c11, r.c12, r.c13, r.c14, r.c15, r.c16, r.c17, r.c18, r.c19, r.c20, r.c21, k.key_version, k.controller_id, k.wrapped_key
  from (select t.id as c0, t.full_name as c1, t.phone as c2, t.email as c3, t.region as c4, t.purchase_total_sealed as c5, t.purchase_total_coarse as c6, t.age_band as c7, t.basis_purposes as c8, t.circumstances as c9, t.controller_id as c10, t.dispute_open as c11, t.export_key as c12, t.former_controller_ids as c13, t.guardian_consent as c14, t.jurisdiction as c15, t.marketing_allowed as c16, t.minor_approved_ids as c17, t.original_purposes as c18, t.related_party_of as c19, t.state as c20, t.transfer_ids as c21, row_number() over (order by t.id asc) as n
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))))
  order by t.id asc
  limit $4::bigint) r
  left join lateral ( select key_version, controller_id, wrapped_key
  from customer_key
  where customer_id = r.c0
  order by key_version desc
  limit 1) k on true
  order by r.n;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- sales-analyst for ANALYTICS
select t.id as c0, t.full_name as c1, t.phone as c2, t.email as c3, t.region as c4, t.purchase_total_coarse as c5, t.age_band as c6, t.basis_purposes as c7, t.circumstances as c8, t.controller_id as c9, t.export_key as c10, t.former_controller_ids as c11, t.guardian_consent as c12, t.jurisdiction as c13, t.minor_approved_ids as c14, t.original_purposes as c15, t.related_party_of as c16, t.state as c17, t.transfer_ids as c18
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))))
  order by t.id asc
  limit $4::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- internal-auditor
select t.id as c0, t.full_name as c1, t.kind as c2, t.phone as c3, t.email as c4, t.region as c5, t.birth_date_sealed is not null as c6, t.id_number_sealed is not null as c7, t.bank_account_sealed is not null as c8, t.purchase_total_coarse as c9, t.health_status_sealed is not null as c10, t.state as c11, t.age_band as c12, t.circumstances as c13, t.controller_id as c14, t.export_key as c15, t.former_controller_ids as c16, t.guardian_consent as c17, t.jurisdiction as c18, t.minor_approved_ids as c19, t.related_party_of as c20, t.transfer_ids as c21
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))))
  order by t.id asc
  limit $4::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- partner-system
select t.id as c0, t.full_name as c1, t.kind as c2, t.phone as c3, t.email as c4, t.region as c5, t.age_band as c6, t.basis_purposes as c7, t.circumstances as c8, t.controller_id as c9, t.export_key as c10, t.former_controller_ids as c11, t.guardian_consent as c12, t.jurisdiction as c13, t.minor_approved_ids as c14, t.original_purposes as c15, t.related_party_of as c16, t.transfer_ids as c17
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))))
  order by t.id asc
  limit $4::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));
