-- data-steward for DATA_QUALITY
select t.id as c0, t.age_band as c1, t.circumstances as c2, t.controller_id as c3, t.export_key as c4, t.guardian_consent as c5, t.jurisdiction as c6, t.minor_approved_ids as c7, t.related_party_of as c8, t.state as c9, t.transfer_ids as c10
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10, r.c11, p.id
  from unnest($4::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.kind as c1, o.age_band as c2, o.circumstances as c3, o.controller_id as c4, o.export_key as c5, o.guardian_consent as c6, o.id as c7, o.jurisdiction as c8, o.minor_approved_ids as c9, o.related_party_of as c10, o.transfer_ids as c11, row_number() over (order by t.id asc) as n
  from customer_event t
  join customer o on o.id = t.customer_id
  where (t.customer_id = p.id and (o.controller_id = $1::uuid and not (coalesce(o.state = $2::text, false)) and not (coalesce(o.state = $3::text, false))))
  order by t.id asc
  limit $5::bigint) r
  order by p.n, r.n;
select t.customer_id, count(*)::integer
  from customer_event t
  join customer o on o.id = t.customer_id
  where (t.customer_id = any($4::uuid[]) and (o.controller_id = $1::uuid and not (coalesce(o.state = $2::text, false)) and not (coalesce(o.state = $3::text, false))))
  group by t.customer_id;
select r.c0, r.c1, r.c2, r.c3, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.transfer_id as c1, t.customer_id as c2, t.transferor_id as c3, row_number() over (order by t.id desc) as n
  from transfer_item t
  where (t.customer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid))
  order by t.id desc
  limit $4::bigint) r
  order by p.n, r.n;
select t.id as c0, t.code as c1, t.transferee_id as c2, t.transferor_id as c3
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));

-- data-steward for DATA_QUALITY
select t.id as c0, t.age_band as c1, t.circumstances as c2, t.controller_id as c3, t.export_key as c4, t.guardian_consent as c5, t.jurisdiction as c6, t.minor_approved_ids as c7, t.related_party_of as c8, t.state as c9, t.transfer_ids as c10
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10, r.c11, p.id
  from unnest($4::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.kind as c1, o.age_band as c2, o.circumstances as c3, o.controller_id as c4, o.export_key as c5, o.guardian_consent as c6, o.id as c7, o.jurisdiction as c8, o.minor_approved_ids as c9, o.related_party_of as c10, o.transfer_ids as c11, row_number() over (order by t.id asc) as n
  from customer_event t
  join customer o on o.id = t.customer_id
  where (t.customer_id = p.id and (o.controller_id = $1::uuid and not (coalesce(o.state = $2::text, false)) and not (coalesce(o.state = $3::text, false))) and t.id > $5::uuid)
  order by t.id asc
  limit $6::bigint) r
  order by p.n, r.n;
select t.customer_id, count(*)::integer
  from customer_event t
  join customer o on o.id = t.customer_id
  where (t.customer_id = any($4::uuid[]) and (o.controller_id = $1::uuid and not (coalesce(o.state = $2::text, false)) and not (coalesce(o.state = $3::text, false))))
  group by t.customer_id;
select r.c0, r.c1, r.c2, r.c3, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.transfer_id as c1, t.customer_id as c2, t.transferor_id as c3, row_number() over (order by t.id desc) as n
  from transfer_item t
  where (t.customer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid))
  order by t.id desc
  limit $4::bigint) r
  order by p.n, r.n;
select t.id as c0, t.code as c1, t.transferee_id as c2, t.transferor_id as c3
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
