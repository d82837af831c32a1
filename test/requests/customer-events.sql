-- data-steward for DATA_QUALITY
select t.id as c0, t.full_name as c1, t.age_band as c2, t.controller_id as c3, t.guardian_consent as c4, t.minor_approved_ids as c5, t.related_party_of as c6, t.state as c7
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10, p.id
  from unnest($4::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.kind as c1, t.occurred_at as c2, t.changed_fields as c3, t.source as c4, o.age_band as c5, o.controller_id as c6, o.former_controller_ids as c7, o.guardian_consent as c8, o.minor_approved_ids as c9, o.related_party_of as c10, row_number() over (order by t.id asc) as n
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

-- sales-analyst for ANALYTICS
select t.id as c0, t.full_name as c1, t.age_band as c2, t.basis_purposes as c3, t.controller_id as c4, t.guardian_consent as c5, t.minor_approved_ids as c6, t.original_purposes as c7, t.related_party_of as c8, t.state as c9
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
