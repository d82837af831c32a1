-- data-steward for DATA_QUALITY
select t.id as c0, t.full_name as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.state as c10, t.transfer_ids as c11
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10, r.c11, r.c12, r.c13, r.c14, r.c15, p.id
  from unnest($4::uuid[]) with ordinality p(id, n)
  cross join lateral (select t.id as c0, t.kind as c1, t.occurred_at as c2, t.changed_fields as c3, t.source as c4, o.age_band as c5, o.circumstances as c6, o.controller_id as c7, o.export_key as c8, o.former_controller_ids as c9, o.guardian_consent as c10, o.id as c11, o.jurisdiction as c12, o.minor_approved_ids as c13, o.related_party_of as c14, o.transfer_ids as c15, row_number() over (order by t.id asc) as n
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
select t.id as c0, t.full_name as c1, t.age_band as c2, t.basis_purposes as c3, t.circumstances as c4, t.controller_id as c5, t.export_key as c6, t.guardian_consent as c7, t.jurisdiction as c8, t.minor_approved_ids as c9, t.original_purposes as c10, t.related_party_of as c11, t.state as c12, t.transfer_ids as c13
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
