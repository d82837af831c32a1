-- data-steward for DATA_QUALITY
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10
  from ((select t.id as c0, t.customer_no as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.transfer_ids as c10, 0 as stretch, row_number() over (order by t.customer_no asc, t.id asc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.customer_no is not null)
  order by t.customer_no asc, t.id asc
  limit $10::bigint)
  union all (select t.id as c0, t.customer_no as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.transfer_ids as c10, 1 as stretch, row_number() over (order by t.id asc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.customer_no is null)
  order by t.id asc
  limit $10::bigint)) s
  order by s.stretch, s.place
  limit $10::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))));

-- data-steward for DATA_QUALITY
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10
  from ((select t.id as c0, t.customer_no as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.transfer_ids as c10, 0 as stretch, row_number() over (order by t.customer_no asc, t.id asc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.customer_no is not null and t.customer_no >= $10::text and (t.customer_no, t.id) > ($10::text, $11::uuid))
  order by t.customer_no asc, t.id asc
  limit $12::bigint)
  union all (select t.id as c0, t.customer_no as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.transfer_ids as c10, 1 as stretch, row_number() over (order by t.id asc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.customer_no is null)
  order by t.id asc
  limit $12::bigint)) s
  order by s.stretch, s.place
  limit $12::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))));

-- data-steward for DATA_QUALITY
select c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10
  from ((select t.id as c0, t.customer_no as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.transfer_ids as c10, 0 as stretch, row_number() over (order by t.customer_no asc, t.id asc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.customer_no is not null and t.customer_no >= $10::text and (t.customer_no, t.id) > ($10::text, $11::uuid))
  order by t.customer_no asc, t.id asc
  limit $12::bigint)
  union all (select t.id as c0, t.customer_no as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.transfer_ids as c10, 1 as stretch, row_number() over (order by t.id asc) as place
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))) and t.customer_no is null)
  order by t.id asc
  limit $12::bigint)) s
  order by s.stretch, s.place
  limit $12::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or not ((coalesce(t.jurisdiction = $8::text, false) or coalesce(t.export_key = any($9::text[]), false))))));

-- compliance-officer for LEGAL_RETENTION

-- data-steward for DATA_QUALITY
