-- transferee-transfer-manager for TRANSFER_DUE_DILIGENCE
select (count(*) / $8::bigint * $8::bigint)::integer, grouping(t.kind), t.kind::text
  from customer t
  where ((t.prospective_controller_ids && $1::uuid[] and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and (not (coalesce(t.related_party_of && $4::uuid[], false)) and not ((coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false)))) and not ((coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)))))
  group by grouping sets ((), (t.kind)) having count(*) >= $8::bigint
  order by 2 desc, 1 desc, t.kind::text collate "C" nulls last
  limit $9::bigint;

-- transferee-transfer-manager for TRANSFER_DUE_DILIGENCE

-- transferee-transfer-manager for TRANSFER_DUE_DILIGENCE
