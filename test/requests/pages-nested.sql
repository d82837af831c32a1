-- data-steward for DATA_QUALITY
select t.id as c0, t.age_band as c1, t.controller_id as c2, t.export_key as c3, t.guardian_consent as c4, t.jurisdiction as c5, t.minor_approved_ids as c6, t.related_party_of as c7, t.state as c8
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, p.id
  from unnest($4::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.kind as c1, o.age_band as c2, o.export_key as c3, o.guardian_consent as c4, o.jurisdiction as c5, o.minor_approved_ids as c6, o.related_party_of as c7, row_number() over (order by t.id asc) as n
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
select r.c0, r.c1, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.transfer_id as c1, row_number() over (order by t.id desc) as n
  from transfer_item t
  where (t.customer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid))
  order by t.id desc
  limit $4::bigint) r
  order by p.n, r.n;
select t.id as c0, t.code as c1
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));

-- data-steward for DATA_QUALITY
select t.id as c0, t.age_band as c1, t.controller_id as c2, t.export_key as c3, t.guardian_consent as c4, t.jurisdiction as c5, t.minor_approved_ids as c6, t.related_party_of as c7, t.state as c8
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, p.id
  from unnest($4::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.kind as c1, o.age_band as c2, o.export_key as c3, o.guardian_consent as c4, o.jurisdiction as c5, o.minor_approved_ids as c6, o.related_party_of as c7, row_number() over (order by t.id asc) as n
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
select r.c0, r.c1, p.id
  from unnest($3::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.transfer_id as c1, row_number() over (order by t.id desc) as n
  from transfer_item t
  where (t.customer_id = p.id and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid))
  order by t.id desc
  limit $4::bigint) r
  order by p.n, r.n;
select t.id as c0, t.code as c1
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
