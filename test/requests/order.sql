-- data-steward for DATA_QUALITY
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13
  from ((select t.id as c0, t.customer_no as c1, t.region as c2, t.recorded_on as c3, t.updated_at as c4, t.age_band as c5, t.circumstances as c6, t.controller_id as c7, t.export_key as c8, t.guardian_consent as c9, t.jurisdiction as c10, t.minor_approved_ids as c11, t.related_party_of as c12, t.transfer_ids as c13, 0 as stretch, row_number() over (order by t.recorded_on desc, t.id desc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.full_name is not null) and t.recorded_on is not null)
  order by t.recorded_on desc, t.id desc
  limit $10::bigint)
  union all (select t.id as c0, t.customer_no as c1, t.region as c2, t.recorded_on as c3, t.updated_at as c4, t.age_band as c5, t.circumstances as c6, t.controller_id as c7, t.export_key as c8, t.guardian_consent as c9, t.jurisdiction as c10, t.minor_approved_ids as c11, t.related_party_of as c12, t.transfer_ids as c13, 1 as stretch, row_number() over (order by t.id desc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.full_name is not null) and t.recorded_on is null)
  order by t.id desc
  limit $10::bigint)) s
  order by s.stretch, s.place
  limit $10::bigint;

-- data-steward for DATA_QUALITY
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13
  from ((select t.id as c0, t.customer_no as c1, t.region as c2, t.recorded_on as c3, t.updated_at as c4, t.age_band as c5, t.circumstances as c6, t.controller_id as c7, t.export_key as c8, t.guardian_consent as c9, t.jurisdiction as c10, t.minor_approved_ids as c11, t.related_party_of as c12, t.transfer_ids as c13, 0 as stretch, row_number() over (order by t.region asc, t.customer_no desc nulls last, t.id desc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.full_name is not null) and t.region is not null)
  order by t.region asc, t.customer_no desc nulls last, t.id desc
  limit $10::bigint)
  union all (select t.id as c0, t.customer_no as c1, t.region as c2, t.recorded_on as c3, t.updated_at as c4, t.age_band as c5, t.circumstances as c6, t.controller_id as c7, t.export_key as c8, t.guardian_consent as c9, t.jurisdiction as c10, t.minor_approved_ids as c11, t.related_party_of as c12, t.transfer_ids as c13, 1 as stretch, row_number() over (order by t.customer_no desc nulls last, t.id desc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.full_name is not null) and t.region is null)
  order by t.customer_no desc nulls last, t.id desc
  limit $10::bigint)) s
  order by s.stretch, s.place
  limit $10::bigint;

-- cs-agent for SERVICE_DELIVERY
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15, c16, c17
  from ((select t.id as c0, t.customer_no as c1, t.region as c2, t.recorded_on as c3, t.updated_at as c4, t.age_band as c5, t.assigned_agent_ids as c6, t.basis_purposes as c7, t.circumstances as c8, t.controller_id as c9, t.export_key as c10, t.guardian_consent as c11, t.jurisdiction as c12, t.minor_approved_ids as c13, t.original_purposes as c14, t.related_party_of as c15, t.transfer_ids as c16, t.updated_at::text as c17, 0 as stretch, row_number() over (order by t.updated_at asc, t.id asc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and ((not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)) or not ((coalesce(t.jurisdiction = $9::text, false) or coalesce(t.export_key = any($10::text[]), false))))) and (t.assigned_agent_ids && $4::uuid[] and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)) or not ((coalesce(t.jurisdiction = $9::text, false) or coalesce(t.export_key = any($10::text[]), false))))))) and t.full_name is not null) and t.updated_at is not null)
  order by t.updated_at asc, t.id asc
  limit $11::bigint)
  union all (select t.id as c0, t.customer_no as c1, t.region as c2, t.recorded_on as c3, t.updated_at as c4, t.age_band as c5, t.assigned_agent_ids as c6, t.basis_purposes as c7, t.circumstances as c8, t.controller_id as c9, t.export_key as c10, t.guardian_consent as c11, t.jurisdiction as c12, t.minor_approved_ids as c13, t.original_purposes as c14, t.related_party_of as c15, t.transfer_ids as c16, t.updated_at::text as c17, 1 as stretch, row_number() over (order by t.id asc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and ((not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)) or not ((coalesce(t.jurisdiction = $9::text, false) or coalesce(t.export_key = any($10::text[]), false))))) and (t.assigned_agent_ids && $4::uuid[] and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)) or not ((coalesce(t.jurisdiction = $9::text, false) or coalesce(t.export_key = any($10::text[]), false))))))) and t.full_name is not null) and t.updated_at is null)
  order by t.id asc
  limit $11::bigint)) s
  order by s.stretch, s.place
  limit $11::bigint;
