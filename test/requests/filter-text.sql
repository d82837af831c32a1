-- cs-agent for SERVICE_DELIVERY
select t.id as c0, t.full_name as c1, t.age_band as c2, t.assigned_agent_ids as c3, t.basis_purposes as c4, t.guardian_consent as c5, t.minor_approved_ids as c6, t.original_purposes as c7, t.related_party_of as c8
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)))) and t.full_name like $9::text))
  order by t.id asc
  limit $10::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)))) and t.full_name like $9::text));

-- cs-agent for SERVICE_DELIVERY
select t.id as c0, t.full_name as c1, t.age_band as c2, t.assigned_agent_ids as c3, t.basis_purposes as c4, t.guardian_consent as c5, t.minor_approved_ids as c6, t.original_purposes as c7, t.related_party_of as c8
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and ((not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)))) and (t.assigned_agent_ids && $4::uuid[] and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)))))) and (t.full_name like $9::text and t.kind = $10::text)))
  order by t.id asc
  limit $11::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and ((not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)))) and (t.assigned_agent_ids && $4::uuid[] and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)))))) and (t.full_name like $9::text and t.kind = $10::text)));

-- cs-agent for SERVICE_DELIVERY
select t.id as c0, t.full_name as c1, t.age_band as c2, t.assigned_agent_ids as c3, t.basis_purposes as c4, t.guardian_consent as c5, t.minor_approved_ids as c6, t.original_purposes as c7, t.related_party_of as c8
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)))) and t.full_name = any($9::text[])))
  order by t.id asc
  limit $10::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)))) and t.full_name = any($9::text[])));

-- cs-agent for SERVICE_DELIVERY
select t.id as c0, t.full_name as c1, t.age_band as c2, t.assigned_agent_ids as c3, t.basis_purposes as c4, t.guardian_consent as c5, t.minor_approved_ids as c6, t.original_purposes as c7, t.related_party_of as c8
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)))) and t.full_name like $9::text))
  order by t.id asc
  limit $10::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (t.original_purposes is not null and not (coalesce(t.original_purposes && $8::text[], false))) or not (coalesce(t.basis_purposes && $8::text[], false)))) and t.full_name like $9::text));
