-- transferee-transfer-manager for TRANSFER_DUE_DILIGENCE
select (count(*) / $4::bigint * $4::bigint)::integer, 1
  from customer t
  where ((t.prospective_controller_ids && $1::uuid[] and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false)))) having count(*) >= $4::bigint;
select t.id as c0, t.circumstances as c1, t.controller_id as c2, t.transfer_ids as c3
  from customer t
  where (false)
  order by t.id asc
  limit $1::bigint;
select count(*)::integer
  from customer t
  where (false);

-- transferee-transfer-manager for TRANSFER_EXECUTION
select (count(*) / $5::bigint * $5::bigint)::integer, 1
  from customer t
  where (((t.controller_id = $1::uuid and t.in_transfer = $2::boolean) and not (coalesce(t.state = $3::text, false)) and not (coalesce(t.state = $4::text, false)))) having count(*) >= $5::bigint;
select t.id as c0, t.circumstances as c1, t.controller_id as c2, t.transfer_ids as c3
  from customer t
  where (((t.controller_id = $1::uuid and t.in_transfer = $2::boolean) and not (coalesce(t.state = $3::text, false)) and not (coalesce(t.state = $4::text, false))))
  order by t.id asc
  limit $5::bigint;
select count(*)::integer
  from customer t
  where (((t.controller_id = $1::uuid and t.in_transfer = $2::boolean) and not (coalesce(t.state = $3::text, false)) and not (coalesce(t.state = $4::text, false))));

-- transfer-manager for TRANSFER_DUE_DILIGENCE

-- unrelated-cs-agent for SERVICE_DELIVERY
select (count(*) / $4::bigint * $4::bigint)::integer, 1
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false)))) having count(*) >= $4::bigint;
select t.id as c0, t.circumstances as c1, t.controller_id as c2, t.transfer_ids as c3
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))))
  order by t.id asc
  limit $4::bigint;
select count(*)::integer
  from customer t
  where ((t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- data-subject for SELF_ACCESS
select (count(*) / $4::bigint * $4::bigint)::integer, 1
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false)))) having count(*) >= $4::bigint;
select t.id as c0, t.circumstances as c1, t.controller_id as c2, t.transfer_ids as c3
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))))
  order by t.id asc
  limit $4::bigint;
select count(*)::integer
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));
