-- cs-agent for SERVICE_DELIVERY
select t.id as c0, t.phone as c1, t.age_band as c2, t.assigned_agent_ids as c3, t.basis_purposes as c4, t.circumstances as c5, t.controller_id as c6, t.export_key as c7, t.guardian_consent as c8, t.jurisdiction as c9, t.minor_approved_ids as c10, t.original_purposes as c11, t.related_party_of as c12, t.transfer_ids as c13
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and ((t.assigned_agent_ids && $4::uuid[] and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)) or not ((coalesce(t.jurisdiction = $9::text, false) or coalesce(t.export_key = any($10::text[]), false)))))) and t.phone = $11::text))
  order by t.id asc
  limit $12::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and ((t.assigned_agent_ids && $4::uuid[] and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)) or not ((coalesce(t.jurisdiction = $9::text, false) or coalesce(t.export_key = any($10::text[]), false)))))) and t.phone = $11::text));

-- cs-agent for SERVICE_DELIVERY
select t.id as c0, t.phone as c1, t.age_band as c2, t.assigned_agent_ids as c3, t.basis_purposes as c4, t.circumstances as c5, t.controller_id as c6, t.export_key as c7, t.guardian_consent as c8, t.jurisdiction as c9, t.minor_approved_ids as c10, t.original_purposes as c11, t.related_party_of as c12, t.transfer_ids as c13
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and ((t.assigned_agent_ids && $4::uuid[] and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)) or not ((coalesce(t.jurisdiction = $9::text, false) or coalesce(t.export_key = any($10::text[]), false)))))) and t.phone = $11::text))
  order by t.id asc
  limit $12::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and ((t.assigned_agent_ids && $4::uuid[] and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)) or not ((coalesce(t.jurisdiction = $9::text, false) or coalesce(t.export_key = any($10::text[]), false)))))) and t.phone = $11::text));

-- data-steward for DATA_QUALITY
select t.id as c0, t.phone as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.transfer_ids as c10
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.phone = $10::text))
  order by t.id asc
  limit $11::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.phone = $10::text));
