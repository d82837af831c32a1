-- transfer-manager
select t.id as c0, t.code as c1, t.state as c2, t.transferee_id as c3, t.transferor_id as c4
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.state as c1, t.reasons as c2, t.excluded_categories as c3, t.updated_at as c4, t.customer_id as c5, t.transfer_id as c6, t.transferor_id as c7, row_number() over (order by t.id asc) as n
  from transfer_item t
  where (t.transfer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid) and t.state = any($4::text[]))
  order by t.id asc
  limit $5::bigint) r
  order by p.n, r.n;
select t.transfer_id, count(*)::integer
  from transfer_item t
  where (t.transfer_id = any($3::uuid[]) and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid) and t.state = any($4::text[]))
  group by t.transfer_id;
select t.id as c0, t.full_name as c1, t.phone as c2, t.state as c3, t.age_band as c4, t.circumstances as c5, t.controller_id as c6, t.export_key as c7, t.former_controller_ids as c8, t.guardian_consent as c9, t.jurisdiction as c10, t.minor_approved_ids as c11, t.related_party_of as c12, t.transfer_ids as c13
  from customer t
  where (t.id = any($5::uuid[]) and ((t.controller_id = $1::uuid and t.in_transfer = $2::boolean) and not (coalesce(t.state = $3::text, false)) and not (coalesce(t.state = $4::text, false))));
select t.id as c0, t.code as c1, t.transferee_id as c2, t.transferor_id as c3
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select r.c0, r.c1, r.c2, r.c3, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.transfer_id as c1, t.customer_id as c2, t.transferor_id as c3, row_number() over (order by t.id asc) as n
  from transfer_item t
  where (t.customer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid))
  order by t.id asc
  limit $4::bigint) r
  order by p.n, r.n;
select t.customer_id, count(*)::integer
  from transfer_item t
  where (t.customer_id = any($3::uuid[]) and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid))
  group by t.customer_id;
select t.id as c0, t.code as c1, t.transferee_id as c2, t.transferor_id as c3
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select r.c0, r.c1, r.c2, r.c3, r.c4, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.state as c1, t.customer_id as c2, t.transfer_id as c3, t.transferor_id as c4, row_number() over (order by t.id asc) as n
  from transfer_item t
  where (t.transfer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid))
  order by t.id asc
  limit $4::bigint) r
  order by p.n, r.n;
select t.id as c0, t.full_name as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.transfer_ids as c10
  from customer t
  where (t.id = any($5::uuid[]) and ((t.controller_id = $1::uuid and t.in_transfer = $2::boolean) and not (coalesce(t.state = $3::text, false)) and not (coalesce(t.state = $4::text, false))));

-- internal-auditor
select t.id as c0, t.code as c1, t.state as c2, t.transferee_id as c3, t.transferor_id as c4
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.state as c1, t.reasons as c2, t.excluded_categories as c3, t.updated_at as c4, t.customer_id as c5, t.transfer_id as c6, t.transferor_id as c7, row_number() over (order by t.id asc) as n
  from transfer_item t
  where (t.transfer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid) and t.state = any($4::text[]))
  order by t.id asc
  limit $5::bigint) r
  order by p.n, r.n;
select t.transfer_id, count(*)::integer
  from transfer_item t
  where (t.transfer_id = any($3::uuid[]) and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid) and t.state = any($4::text[]))
  group by t.transfer_id;
select t.id as c0, t.full_name as c1, t.kind as c2, t.phone as c3, t.id_number_sealed is not null as c4, t.state as c5, t.age_band as c6, t.circumstances as c7, t.controller_id as c8, t.export_key as c9, t.former_controller_ids as c10, t.guardian_consent as c11, t.jurisdiction as c12, t.minor_approved_ids as c13, t.related_party_of as c14, t.transfer_ids as c15
  from customer t
  where (t.id = any($4::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));
select t.id as c0, t.code as c1, t.transferee_id as c2, t.transferor_id as c3
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select r.c0, r.c1, r.c2, r.c3, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.transfer_id as c1, t.customer_id as c2, t.transferor_id as c3, row_number() over (order by t.id asc) as n
  from transfer_item t
  where (t.customer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid))
  order by t.id asc
  limit $4::bigint) r
  order by p.n, r.n;
select t.customer_id, count(*)::integer
  from transfer_item t
  where (t.customer_id = any($3::uuid[]) and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid))
  group by t.customer_id;
select t.id as c0, t.code as c1, t.transferee_id as c2, t.transferor_id as c3
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select r.c0, r.c1, r.c2, r.c3, r.c4, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.state as c1, t.customer_id as c2, t.transfer_id as c3, t.transferor_id as c4, row_number() over (order by t.id asc) as n
  from transfer_item t
  where (t.transfer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid))
  order by t.id asc
  limit $4::bigint) r
  order by p.n, r.n;
select t.id as c0, t.full_name as c1, t.kind as c2, t.age_band as c3, t.circumstances as c4, t.controller_id as c5, t.export_key as c6, t.guardian_consent as c7, t.jurisdiction as c8, t.minor_approved_ids as c9, t.related_party_of as c10, t.transfer_ids as c11
  from customer t
  where (t.id = any($4::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- partner-system
select t.id as c0, t.code as c1, t.state as c2, t.transferee_id as c3, t.transferor_id as c4
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, p.id
  from unnest($2::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.state as c1, t.reasons as c2, t.excluded_categories as c3, t.updated_at as c4, t.customer_id as c5, t.transfer_id as c6, t.transferor_id as c7, row_number() over (order by t.id asc) as n
  from transfer_item t
  where (t.transfer_id = p.id and t.transferor_id = $1::uuid and t.state = any($3::text[]))
  order by t.id asc
  limit $4::bigint) r
  order by p.n, r.n;
select t.transfer_id, count(*)::integer
  from transfer_item t
  where (t.transfer_id = any($2::uuid[]) and t.transferor_id = $1::uuid and t.state = any($3::text[]))
  group by t.transfer_id;
select t.id as c0, t.full_name as c1, t.kind as c2, t.phone as c3, t.age_band as c4, t.basis_purposes as c5, t.circumstances as c6, t.controller_id as c7, t.export_key as c8, t.former_controller_ids as c9, t.guardian_consent as c10, t.jurisdiction as c11, t.minor_approved_ids as c12, t.original_purposes as c13, t.related_party_of as c14, t.transfer_ids as c15
  from customer t
  where (t.id = any($4::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));
select t.id as c0, t.code as c1, t.transferee_id as c2, t.transferor_id as c3
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));

-- transferee-transfer-manager for TRANSFER_DUE_DILIGENCE
select t.id as c0, t.code as c1, t.state as c2, t.transferee_id as c3, t.transferor_id as c4
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.state as c1, t.reasons as c2, t.excluded_categories as c3, t.updated_at as c4, t.customer_id as c5, t.transfer_id as c6, t.transferor_id as c7, row_number() over (order by t.id asc) as n
  from transfer_item t
  where (t.transfer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid) and t.state = any($4::text[]))
  order by t.id asc
  limit $5::bigint) r
  order by p.n, r.n;
select t.transfer_id, count(*)::integer
  from transfer_item t
  where (t.transfer_id = any($3::uuid[]) and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid) and t.state = any($4::text[]))
  group by t.transfer_id;
