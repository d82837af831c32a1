-- transferee-data-subject
with found (place) as (select p.place
  from unnest($4::integer[], $5::bytea[]) p (place, index), customer t
  where (t.id_number_index = p.index and (t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and true)) select over_field, over_measure, over_minutes, over_count, over_most, free_at, new_alert
  from spend_lookups($7::uuid, $8::timestamptz, $9::text[], $10::bytea[], array(select case when exists (select
  from found f
  where f.place = g.place) then 'FOUND' else 'MISSED' end
  from generate_series(1, $6::integer) g (place)
  order by g.place), $11::text[], $12::text[], $13::integer[], $14::integer[], $15::uuid[], $16::text, $17::uuid, $18::uuid[]);

-- transferee-data-subject
with found (place) as (select p.place
  from unnest($4::integer[], $5::bytea[]) p (place, index), customer t
  where (t.id_number_index = p.index and (t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and true)) select over_field, over_measure, over_minutes, over_count, over_most, free_at, new_alert
  from spend_lookups($7::uuid, $8::timestamptz, $9::text[], $10::bytea[], array(select case when exists (select
  from found f
  where f.place = g.place) then 'FOUND' else 'MISSED' end
  from generate_series(1, $6::integer) g (place)
  order by g.place), $11::text[], $12::text[], $13::integer[], $14::integer[], $15::uuid[], $16::text, $17::uuid, $18::uuid[]);
select t.id as c0, t.circumstances as c1, t.controller_id as c2, t.transfer_ids as c3
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and false)
  order by t.id asc
  limit $4::bigint;
select count(*)::integer
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and false);

-- transferee-data-subject
with found (place) as (select p.place
  from unnest($4::integer[], $5::bytea[]) p (place, index), customer t
  where (t.id_number_index = p.index and (t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and true)) select over_field, over_measure, over_minutes, over_count, over_most, free_at, new_alert
  from spend_lookups($7::uuid, $8::timestamptz, $9::text[], $10::bytea[], array(select case when exists (select
  from found f
  where f.place = g.place) then 'FOUND' else 'MISSED' end
  from generate_series(1, $6::integer) g (place)
  order by g.place), $11::text[], $12::text[], $13::integer[], $14::integer[], $15::uuid[], $16::text, $17::uuid, $18::uuid[]);
select t.id as c0, t.circumstances as c1, t.controller_id as c2, t.transfer_ids as c3
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and false)
  order by t.id asc
  limit $4::bigint;
select count(*)::integer
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and false);

-- transferee-data-subject
with found (place) as (select p.place
  from unnest($4::integer[], $5::bytea[]) p (place, index), customer t
  where (t.id_number_index = p.index and (t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and true)) select over_field, over_measure, over_minutes, over_count, over_most, free_at, new_alert
  from spend_lookups($7::uuid, $8::timestamptz, $9::text[], $10::bytea[], array(select case when exists (select
  from found f
  where f.place = g.place) then 'FOUND' else 'MISSED' end
  from generate_series(1, $6::integer) g (place)
  order by g.place), $11::text[], $12::text[], $13::integer[], $14::integer[], $15::uuid[], $16::text, $17::uuid, $18::uuid[]);
