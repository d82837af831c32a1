-- data-steward for DATA_QUALITY
select t.id as c0, t.customer_no as c1, t.marketing_consent as c2, t.age_band as c3, t.circumstances as c4, t.controller_id as c5, t.export_key as c6, t.guardian_consent as c7, t.jurisdiction as c8, t.minor_approved_ids as c9, t.related_party_of as c10, t.transfer_ids as c11
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and ((t.customer_no = $10::text or t.customer_no = $11::text or t.customer_no = $12::text) and not (coalesce(t.kind = $13::text, false)))))
  order by t.id asc
  limit $14::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and ((t.customer_no = $10::text or t.customer_no = $11::text or t.customer_no = $12::text) and not (coalesce(t.kind = $13::text, false)))));

-- data-steward for DATA_QUALITY
select t.id as c0, t.customer_no as c1, t.marketing_consent as c2, t.age_band as c3, t.circumstances as c4, t.controller_id as c5, t.export_key as c6, t.guardian_consent as c7, t.jurisdiction as c8, t.minor_approved_ids as c9, t.related_party_of as c10, t.transfer_ids as c11
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and (t.customer_no = any($10::text[]) and not (coalesce(t.marketing_consent = $11::text, false)))))
  order by t.id asc
  limit $12::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and (t.customer_no = any($10::text[]) and not (coalesce(t.marketing_consent = $11::text, false)))));

-- data-steward for DATA_QUALITY
