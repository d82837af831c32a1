-- internal-auditor
select t.id as c0, t.state as c1, t.recorded_on as c2, t.marketing_consent as c3, t.age_band as c4, t.circumstances as c5, t.controller_id as c6, t.export_key as c7, t.guardian_consent as c8, t.jurisdiction as c9, t.minor_approved_ids as c10, t.related_party_of as c11, t.transfer_ids as c12
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and (t.state = any($10::text[]) and t.jurisdiction = $8::text)))
  order by t.id asc
  limit $11::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and (t.state = any($10::text[]) and t.jurisdiction = $8::text)));

-- internal-auditor
select t.id as c0, t.state as c1, t.recorded_on as c2, t.marketing_consent as c3, t.age_band as c4, t.circumstances as c5, t.controller_id as c6, t.export_key as c7, t.guardian_consent as c8, t.jurisdiction as c9, t.minor_approved_ids as c10, t.related_party_of as c11, t.transfer_ids as c12
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and (t.legal_hold = $10::boolean and t.dispute_open = $10::boolean)))
  order by t.id asc
  limit $11::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and (t.legal_hold = $10::boolean and t.dispute_open = $10::boolean)));

-- internal-auditor
select t.id as c0, t.state as c1, t.recorded_on as c2, t.marketing_consent as c3, t.age_band as c4, t.circumstances as c5, t.controller_id as c6, t.export_key as c7, t.guardian_consent as c8, t.jurisdiction as c9, t.minor_approved_ids as c10, t.related_party_of as c11, t.transfer_ids as c12
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and (t.recorded_on < $10::date and t.recorded_on >= $11::date)))
  order by t.id asc
  limit $12::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and (t.recorded_on < $10::date and t.recorded_on >= $11::date)));

-- internal-auditor
select t.id as c0, t.state as c1, t.recorded_on as c2, t.marketing_consent as c3, t.age_band as c4, t.circumstances as c5, t.controller_id as c6, t.export_key as c7, t.guardian_consent as c8, t.jurisdiction as c9, t.minor_approved_ids as c10, t.related_party_of as c11, t.transfer_ids as c12
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and (t.kind = $10::text and t.marketing_consent is null)))
  order by t.id asc
  limit $11::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and (t.kind = $10::text and t.marketing_consent is null)));

-- internal-auditor
