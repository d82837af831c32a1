-- internal-auditor
select t.id as c0, t.state as c1, t.recorded_on as c2, t.marketing_consent as c3, t.age_band as c4, t.guardian_consent as c5, t.minor_approved_ids as c6, t.related_party_of as c7
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)))) and (t.state = any($8::text[]) and t.jurisdiction = $9::text)))
  order by t.id asc
  limit $10::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)))) and (t.state = any($8::text[]) and t.jurisdiction = $9::text)));

-- internal-auditor
select t.id as c0, t.state as c1, t.recorded_on as c2, t.marketing_consent as c3, t.age_band as c4, t.guardian_consent as c5, t.minor_approved_ids as c6, t.related_party_of as c7
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)))) and (t.legal_hold = $8::boolean and t.dispute_open = $8::boolean)))
  order by t.id asc
  limit $9::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)))) and (t.legal_hold = $8::boolean and t.dispute_open = $8::boolean)));

-- internal-auditor
select t.id as c0, t.state as c1, t.recorded_on as c2, t.marketing_consent as c3, t.age_band as c4, t.guardian_consent as c5, t.minor_approved_ids as c6, t.related_party_of as c7
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)))) and (t.recorded_on < $8::date and t.recorded_on >= $9::date)))
  order by t.id asc
  limit $10::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)))) and (t.recorded_on < $8::date and t.recorded_on >= $9::date)));

-- internal-auditor
select t.id as c0, t.state as c1, t.recorded_on as c2, t.marketing_consent as c3, t.age_band as c4, t.guardian_consent as c5, t.minor_approved_ids as c6, t.related_party_of as c7
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)))) and (t.kind = $8::text and t.marketing_consent is null)))
  order by t.id asc
  limit $9::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)))) and (t.kind = $8::text and t.marketing_consent is null)));

-- internal-auditor
