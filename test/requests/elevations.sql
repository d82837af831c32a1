-- compliance-officer for RIGHTS_REQUEST
select t.id as c0, t.purpose as c1, t.fields as c2, t.reason as c3, t.minutes as c4, t.state as c5, t.requested_by as c6, t.requested_at as c7, t.lapses_at as c8, t.decided_by as c9, t.decided_at as c10, t.decision_note as c11, t.until as c12, t.ended_by as c13, t.review_state as c14, t.review_due_at as c15, t.reviewed_by as c16, t.reviewed_at as c17, t.review_note as c18, t.version as c19, t.customer_id as c20, o.circumstances as c21, o.controller_id as c22, o.id as c23, o.related_party_of as c24, o.transfer_ids as c25
  from elevation t
  join customer o on o.id = t.customer_id
  where (((t.organisation_id = $1::uuid and o.controller_id = $1::uuid) and not (coalesce(o.state = $2::text, false)) and not (coalesce(o.state = $3::text, false))))
  order by t.id asc
  limit $4::bigint;
select count(*)::integer
  from elevation t
  join customer o on o.id = t.customer_id
  where (((t.organisation_id = $1::uuid and o.controller_id = $1::uuid) and not (coalesce(o.state = $2::text, false)) and not (coalesce(o.state = $3::text, false))));
select t.id as c0, t.full_name as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.rights_request_open as c10, t.transfer_ids as c11
  from customer t
  where (t.id = any($4::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- legal-counsel
select t.id as c0, t.purpose as c1, t.fields as c2, t.reason as c3, t.minutes as c4, t.state as c5, t.requested_by as c6, t.requested_at as c7, t.lapses_at as c8, t.decided_by as c9, t.decided_at as c10, t.decision_note as c11, t.until as c12, t.ended_by as c13, t.review_state as c14, t.review_due_at as c15, t.reviewed_by as c16, t.reviewed_at as c17, t.review_note as c18, t.version as c19, t.customer_id as c20, o.circumstances as c21, o.controller_id as c22, o.id as c23, o.related_party_of as c24, o.transfer_ids as c25
  from elevation t
  join customer o on o.id = t.customer_id
  where ((((t.organisation_id = $1::uuid and o.former_controller_ids && $2::uuid[]) and not (coalesce(o.state = $3::text, false)) and not (coalesce(o.state = $4::text, false))) or ((t.organisation_id = $1::uuid and o.controller_id = $1::uuid and (o.dispute_open = $5::boolean or o.legal_hold = $5::boolean)) and not (coalesce(o.state = $3::text, false)) and not (coalesce(o.state = $4::text, false)))))
  order by t.id asc
  limit $6::bigint;
select count(*)::integer
  from elevation t
  join customer o on o.id = t.customer_id
  where ((((t.organisation_id = $1::uuid and o.former_controller_ids && $2::uuid[]) and not (coalesce(o.state = $3::text, false)) and not (coalesce(o.state = $4::text, false))) or ((t.organisation_id = $1::uuid and o.controller_id = $1::uuid and (o.dispute_open = $5::boolean or o.legal_hold = $5::boolean)) and not (coalesce(o.state = $3::text, false)) and not (coalesce(o.state = $4::text, false)))));
select t.id as c0, t.full_name as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.dispute_open as c5, t.export_key as c6, t.guardian_consent as c7, t.jurisdiction as c8, t.legal_hold as c9, t.minor_approved_ids as c10, t.related_party_of as c11, t.transfer_ids as c12
  from customer t
  where (t.id = any($6::uuid[]) and (((t.controller_id = $1::uuid and (t.dispute_open = $2::boolean or t.legal_hold = $2::boolean)) and not (coalesce(t.state = $3::text, false)) and not (coalesce(t.state = $4::text, false))) or (t.former_controller_ids && $5::uuid[] and not (coalesce(t.state = $3::text, false)) and not (coalesce(t.state = $4::text, false)))));

-- internal-auditor
select t.id as c0, t.purpose as c1, t.fields as c2, t.reason as c3, t.minutes as c4, t.state as c5, t.requested_by as c6, t.requested_at as c7, t.lapses_at as c8, t.decided_by as c9, t.decided_at as c10, t.decision_note as c11, t.until as c12, t.ended_by as c13, t.review_state as c14, t.review_due_at as c15, t.reviewed_by as c16, t.reviewed_at as c17, t.review_note as c18, t.version as c19, t.customer_id as c20, o.circumstances as c21, o.controller_id as c22, o.id as c23, o.related_party_of as c24, o.transfer_ids as c25
  from elevation t
  join customer o on o.id = t.customer_id
  where (((t.organisation_id = $1::uuid and o.controller_id = $1::uuid) and not (coalesce(o.state = $2::text, false)) and not (coalesce(o.state = $3::text, false))))
  order by t.id asc
  limit $4::bigint;
select count(*)::integer
  from elevation t
  join customer o on o.id = t.customer_id
  where (((t.organisation_id = $1::uuid and o.controller_id = $1::uuid) and not (coalesce(o.state = $2::text, false)) and not (coalesce(o.state = $3::text, false))));
select t.id as c0, t.full_name as c1, t.kind as c2, t.age_band as c3, t.circumstances as c4, t.controller_id as c5, t.export_key as c6, t.guardian_consent as c7, t.jurisdiction as c8, t.minor_approved_ids as c9, t.related_party_of as c10, t.transfer_ids as c11
  from customer t
  where (t.id = any($4::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- transferee-compliance-officer for RIGHTS_REQUEST
select t.id as c0, t.purpose as c1, t.fields as c2, t.reason as c3, t.minutes as c4, t.state as c5, t.requested_by as c6, t.requested_at as c7, t.lapses_at as c8, t.decided_by as c9, t.decided_at as c10, t.decision_note as c11, t.until as c12, t.ended_by as c13, t.review_state as c14, t.review_due_at as c15, t.reviewed_by as c16, t.reviewed_at as c17, t.review_note as c18, t.version as c19, t.customer_id as c20, o.circumstances as c21, o.controller_id as c22, o.id as c23, o.related_party_of as c24, o.transfer_ids as c25
  from elevation t
  join customer o on o.id = t.customer_id
  where (((t.organisation_id = $1::uuid and o.controller_id = $1::uuid) and not (coalesce(o.state = $2::text, false)) and not (coalesce(o.state = $3::text, false))))
  order by t.id asc
  limit $4::bigint;
select count(*)::integer
  from elevation t
  join customer o on o.id = t.customer_id
  where (((t.organisation_id = $1::uuid and o.controller_id = $1::uuid) and not (coalesce(o.state = $2::text, false)) and not (coalesce(o.state = $3::text, false))));
select t.id as c0, t.full_name as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.rights_request_open as c10, t.transfer_ids as c11
  from customer t
  where (t.id = any($4::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- external-auditor
select t.id as c0, o.circumstances as c1, o.controller_id as c2, o.id as c3, o.related_party_of as c4, o.transfer_ids as c5
  from elevation t
  join customer o on o.id = t.customer_id
  where (false)
  order by t.id asc
  limit $1::bigint;
select count(*)::integer
  from elevation t
  join customer o on o.id = t.customer_id
  where (false);

-- cs-agent for SERVICE_DELIVERY
select t.id as c0, o.circumstances as c1, o.controller_id as c2, o.id as c3, o.related_party_of as c4, o.transfer_ids as c5
  from elevation t
  join customer o on o.id = t.customer_id
  where (false)
  order by t.id asc
  limit $1::bigint;
select count(*)::integer
  from elevation t
  join customer o on o.id = t.customer_id
  where (false);

-- platform-admin
select t.id as c0, o.circumstances as c1, o.controller_id as c2, o.id as c3, o.related_party_of as c4, o.transfer_ids as c5
  from elevation t
  join customer o on o.id = t.customer_id
  where (false)
  order by t.id asc
  limit $1::bigint;
select count(*)::integer
  from elevation t
  join customer o on o.id = t.customer_id
  where (false);

-- data-subject
select t.id as c0, o.circumstances as c1, o.controller_id as c2, o.id as c3, o.transfer_ids as c4
  from elevation t
  join customer o on o.id = t.customer_id
  where (false)
  order by t.id asc
  limit $1::bigint;
select count(*)::integer
  from elevation t
  join customer o on o.id = t.customer_id
  where (false);
