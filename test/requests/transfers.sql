-- transfer-manager
select c0, c1, c2, c3, c4, c5, c6, c7
  from ((select t.id as c0, t.code as c1, t.deal_type as c2, t.state as c3, t.window_opens_at as c4, t.transferee_id as c5, t.transferor_id as c6, t.window_opens_at::text as c7, 0 as stretch, row_number() over (order by t.window_opens_at desc, t.id desc) as place
  from transfer t
  where ((t.transferor_id = $1::uuid or t.transferee_id = $1::uuid) and (t.legal_path = $2::text and t.state = any($3::text[])) and t.window_opens_at is not null)
  order by t.window_opens_at desc, t.id desc
  limit $4::bigint)
  union all (select t.id as c0, t.code as c1, t.deal_type as c2, t.state as c3, t.window_opens_at as c4, t.transferee_id as c5, t.transferor_id as c6, t.window_opens_at::text as c7, 1 as stretch, row_number() over (order by t.id desc) as place
  from transfer t
  where ((t.transferor_id = $1::uuid or t.transferee_id = $1::uuid) and (t.legal_path = $2::text and t.state = any($3::text[])) and t.window_opens_at is null)
  order by t.id desc
  limit $4::bigint)) s
  order by s.stretch, s.place
  limit $4::bigint;
select count(*)::integer
  from transfer t
  where ((t.transferor_id = $1::uuid or t.transferee_id = $1::uuid) and (t.legal_path = $2::text and t.state = any($3::text[])));

-- transfer-manager
select c0, c1, c2, c3, c4, c5, c6
  from ((select t.id as c0, t.code as c1, t.deal_type as c2, t.state as c3, t.window_opens_at as c4, t.transferee_id as c5, t.transferor_id as c6, 0 as stretch, row_number() over (order by t.code asc, t.id asc) as place
  from transfer t
  where ((t.transferor_id = $1::uuid or t.transferee_id = $1::uuid) and (t.cross_border = $2::boolean and (t.code = $3::text or t.deal_type = $4::text)) and t.code is not null)
  order by t.code asc, t.id asc
  limit $5::bigint)
  union all (select t.id as c0, t.code as c1, t.deal_type as c2, t.state as c3, t.window_opens_at as c4, t.transferee_id as c5, t.transferor_id as c6, 1 as stretch, row_number() over (order by t.id asc) as place
  from transfer t
  where ((t.transferor_id = $1::uuid or t.transferee_id = $1::uuid) and (t.cross_border = $2::boolean and (t.code = $3::text or t.deal_type = $4::text)) and t.code is null)
  order by t.id asc
  limit $5::bigint)) s
  order by s.stretch, s.place
  limit $5::bigint;
select count(*)::integer
  from transfer t
  where ((t.transferor_id = $1::uuid or t.transferee_id = $1::uuid) and (t.cross_border = $2::boolean and (t.code = $3::text or t.deal_type = $4::text)));

-- partner-system
select c0, c1, c2, c3, c4, c5, c6
  from ((select t.id as c0, t.code as c1, t.deal_type as c2, t.state as c3, t.window_opens_at as c4, t.transferee_id as c5, t.transferor_id as c6, 0 as stretch, row_number() over (order by t.code desc, t.id desc) as place
  from transfer t
  where ((t.transferor_id = $1::uuid or t.transferee_id = $1::uuid) and not (coalesce(t.state = $2::text, false)) and t.code is not null)
  order by t.code desc, t.id desc
  limit $3::bigint)
  union all (select t.id as c0, t.code as c1, t.deal_type as c2, t.state as c3, t.window_opens_at as c4, t.transferee_id as c5, t.transferor_id as c6, 1 as stretch, row_number() over (order by t.id desc) as place
  from transfer t
  where ((t.transferor_id = $1::uuid or t.transferee_id = $1::uuid) and not (coalesce(t.state = $2::text, false)) and t.code is null)
  order by t.id desc
  limit $3::bigint)) s
  order by s.stretch, s.place
  limit $3::bigint;
select count(*)::integer
  from transfer t
  where ((t.transferor_id = $1::uuid or t.transferee_id = $1::uuid) and not (coalesce(t.state = $2::text, false)));
