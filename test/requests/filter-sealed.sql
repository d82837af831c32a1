-- data-subject
with found (place) as (select p.place
  from unnest($4::integer[], $5::bytea[]) p (place, index), customer t
  where (t.id_number_index = p.index and (t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and true)) select over_field, over_measure, over_minutes, over_count, over_most, free_at, new_alert
  from spend_lookups($7::uuid, $8::timestamptz, $9::text[], $10::bytea[], array(select case when exists (select
  from found f
  where f.place = g.place) then 'FOUND' else 'MISSED' end
  from generate_series(1, $6::integer) g (place)
  order by g.place), $11::text[], $12::text[], $13::integer[], $14::integer[], $15::uuid[], $16::text, $17::uuid, $18::uuid[]);
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, k.key_version, k.controller_id, k.wrapped_key
  from (select t.id as c0, t.full_name as c1, t.id_number_sealed as c2, t.bank_account_sealed as c3, t.circumstances as c4, t.controller_id as c5, t.transfer_ids as c6, row_number() over (order by t.id asc) as n
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and t.id_number_index = any($4::bytea[]))
  order by t.id asc
  limit $5::bigint) r
  left join lateral ( select key_version, controller_id, wrapped_key
  from customer_key
  where customer_id = r.c0
  order by key_version desc
  limit 1) k on true
  order by r.n;
select count(*)::integer
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and t.id_number_index = any($4::bytea[]));

-- data-subject
with found (place) as (select p.place
  from unnest($4::integer[], $5::bytea[]) p (place, index), customer t
  where (t.bank_account_index = p.index and (t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and true)) select over_field, over_measure, over_minutes, over_count, over_most, free_at, new_alert
  from spend_lookups($7::uuid, $8::timestamptz, $9::text[], $10::bytea[], array(select case when exists (select
  from found f
  where f.place = g.place) then 'FOUND' else 'MISSED' end
  from generate_series(1, $6::integer) g (place)
  order by g.place), $11::text[], $12::text[], $13::integer[], $14::integer[], $15::uuid[], $16::text, $17::uuid, $18::uuid[]);
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, k.key_version, k.controller_id, k.wrapped_key
  from (select t.id as c0, t.full_name as c1, t.id_number_sealed as c2, t.bank_account_sealed as c3, t.circumstances as c4, t.controller_id as c5, t.transfer_ids as c6, row_number() over (order by t.id asc) as n
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and t.bank_account_index = any($4::bytea[]))
  order by t.id asc
  limit $5::bigint) r
  left join lateral ( select key_version, controller_id, wrapped_key
  from customer_key
  where customer_id = r.c0
  order by key_version desc
  limit 1) k on true
  order by r.n;
select count(*)::integer
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and t.bank_account_index = any($4::bytea[]));

-- data-subject
with found (place) as (select p.place
  from unnest($4::integer[], $5::bytea[]) p (place, index), customer t
  where (t.id_number_index = p.index and (t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and true)) select over_field, over_measure, over_minutes, over_count, over_most, free_at, new_alert
  from spend_lookups($7::uuid, $8::timestamptz, $9::text[], $10::bytea[], array(select case when exists (select
  from found f
  where f.place = g.place) then 'FOUND' else 'MISSED' end
  from generate_series(1, $6::integer) g (place)
  order by g.place), $11::text[], $12::text[], $13::integer[], $14::integer[], $15::uuid[], $16::text, $17::uuid, $18::uuid[]);
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, k.key_version, k.controller_id, k.wrapped_key
  from (select t.id as c0, t.full_name as c1, t.id_number_sealed as c2, t.bank_account_sealed as c3, t.circumstances as c4, t.controller_id as c5, t.transfer_ids as c6, row_number() over (order by t.id asc) as n
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and t.id_number_index = any($4::bytea[]))
  order by t.id asc
  limit $5::bigint) r
  left join lateral ( select key_version, controller_id, wrapped_key
  from customer_key
  where customer_id = r.c0
  order by key_version desc
  limit 1) k on true
  order by r.n;
select count(*)::integer
  from customer t
  where ((t.id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))) and t.id_number_index = any($4::bytea[]));

-- gov-liaison
with found (place) as (select p.place
  from unnest($4::integer[], $5::bytea[]) p (place, index), customer t
  where (t.id_number_index = p.index and ((t.controller_id = $1::uuid and t.case_codes && $2::text[]) and not (coalesce(t.state = $3::text, false))) and (t.case_codes && $2::text[] and not ((coalesce(t.related_party_of && $6::uuid[], false) or (coalesce(t.age_band = any($7::text[]), false) and not (coalesce(t.minor_approved_ids && $6::uuid[], false))) or (coalesce(t.age_band = $8::text, false) and coalesce(t.guardian_consent = $9::boolean, false)) or (coalesce(t.former_controller_ids && $10::uuid[], false) and not (coalesce(t.controller_id = $11::uuid, false))) or not ((coalesce(t.jurisdiction = $12::text, false) or false))))))) select over_field, over_measure, over_minutes, over_count, over_most, free_at, new_alert
  from spend_lookups($14::uuid, $15::timestamptz, $16::text[], $17::bytea[], array(select case when exists (select
  from found f
  where f.place = g.place) then 'FOUND' else 'MISSED' end
  from generate_series(1, $13::integer) g (place)
  order by g.place), $18::text[], $19::text[], $20::integer[], $21::integer[], $22::uuid[], $23::text, $11::uuid, $24::uuid[]);
select r.c0, r.c1, r.c2, r.c3, r.c4, r.c5, r.c6, r.c7, r.c8, r.c9, r.c10, r.c11, r.c12, r.c13, r.c14, r.c15, k.key_version, k.controller_id, k.wrapped_key
  from (select t.id as c0, t.full_name as c1, t.kind as c2, t.id_number_sealed as c3, t.id_number_partial as c4, t.age_band as c5, t.case_codes as c6, t.circumstances as c7, t.controller_id as c8, t.export_key as c9, t.former_controller_ids as c10, t.guardian_consent as c11, t.jurisdiction as c12, t.minor_approved_ids as c13, t.related_party_of as c14, t.transfer_ids as c15, row_number() over (order by t.id asc) as n
  from customer t
  where (((t.controller_id = $1::uuid and t.case_codes && $2::text[]) and not (coalesce(t.state = $3::text, false))) and ((t.case_codes && $2::text[] and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (coalesce(t.former_controller_ids && $8::uuid[], false) and not (coalesce(t.controller_id = $9::uuid, false))) or not ((coalesce(t.jurisdiction = $10::text, false) or false))))) and t.id_number_index = any($11::bytea[])))
  order by t.id asc
  limit $12::bigint) r
  left join lateral ( select key_version, controller_id, wrapped_key
  from customer_key
  where customer_id = r.c0
  order by key_version desc
  limit 1) k on true
  order by r.n;
select count(*)::integer
  from customer t
  where (((t.controller_id = $1::uuid and t.case_codes && $2::text[]) and not (coalesce(t.state = $3::text, false))) and ((t.case_codes && $2::text[] and not ((coalesce(t.related_party_of && $4::uuid[], false) or (coalesce(t.age_band = any($5::text[]), false) and not (coalesce(t.minor_approved_ids && $4::uuid[], false))) or (coalesce(t.age_band = $6::text, false) and coalesce(t.guardian_consent = $7::boolean, false)) or (coalesce(t.former_controller_ids && $8::uuid[], false) and not (coalesce(t.controller_id = $9::uuid, false))) or not ((coalesce(t.jurisdiction = $10::text, false) or false))))) and t.id_number_index = any($11::bytea[])));

-- gov-liaison

-- cs-agent for SERVICE_DELIVERY
