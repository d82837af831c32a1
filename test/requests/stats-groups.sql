-- data-steward for DATA_QUALITY
select (count(*) / $10::bigint * $10::bigint)::integer, grouping(t.state), t.state::text, t.jurisdiction::text
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and ((not (coalesce(t.related_party_of && $4::uuid[], false)) and not ((coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false)))) and not ((coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false))) and (t.jurisdiction = $8::text or t.export_key = any($9::text[]))) and (not (coalesce(t.related_party_of && $4::uuid[], false)) and not ((coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false)))) and not ((coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false))) and (t.jurisdiction = $8::text or t.export_key = any($9::text[])))))
  group by grouping sets ((), (t.state, t.jurisdiction)) having count(*) >= $10::bigint
  order by 2 desc, 1 desc, t.state::text collate "C" nulls last, t.jurisdiction::text collate "C" nulls last
  limit $11::bigint;

-- data-steward for DATA_QUALITY
select (count(*) / $11::bigint * $11::bigint)::integer, 1
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.kind = $10::text)) having count(*) >= $11::bigint;

-- sales-analyst for ANALYTICS
select (count(*) / $12::bigint * $12::bigint)::integer, grouping(t.purchase_total_coarse), t.purchase_total_coarse::text
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not (coalesce(t.related_party_of && $4::uuid[], false)) and not ((coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false)))) and not ((coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false))) and not (coalesce(t.state = $8::text, false)) and not ((t.original_purposes is not null and not (coalesce(t.original_purposes && $9::text[], false)))) and t.basis_purposes && $9::text[] and (t.jurisdiction = $10::text or t.export_key = any($11::text[]))))
  group by grouping sets ((), (t.purchase_total_coarse)) having count(*) >= $12::bigint
  order by 2 desc, 1 desc, t.purchase_total_coarse::text collate "C" nulls last
  limit $13::bigint;

-- internal-auditor for COMPLIANCE_AUDIT
select (count(*) / $10::bigint * $10::bigint)::integer, grouping(t.legal_hold), t.legal_hold::text
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not (coalesce(t.related_party_of && $4::uuid[], false)) and not ((coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false)))) and not ((coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false))) and (t.jurisdiction = $8::text or t.export_key = any($9::text[]))))
  group by grouping sets ((), (t.legal_hold)) having count(*) >= $10::bigint
  order by 2 desc, 1 desc, t.legal_hold::text collate "C" nulls last
  limit $11::bigint;
