-- data-steward for DATA_QUALITY
select t.id as c0, t.full_name as c1, t.kind as c2, t.state as c3, t.age_band as c4, t.circumstances as c5, t.controller_id as c6, t.export_key as c7, t.guardian_consent as c8, t.jurisdiction as c9, t.minor_approved_ids as c10, t.related_party_of as c11, t.transfer_ids as c12
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
select t.id as c0, t.kind as c1, t.occurred_at as c2, o.age_band as c3, o.circumstances as c4, o.controller_id as c5, o.export_key as c6, o.guardian_consent as c7, o.id as c8, o.jurisdiction as c9, o.minor_approved_ids as c10, o.related_party_of as c11, o.state as c12, o.transfer_ids as c13
  from customer_event t
  join customer o on o.id = t.customer_id
  where (t.id = any($3::uuid[]) and (o.controller_id = $1::uuid and not (coalesce(o.state = $2::text, false))));
select t.id as c0, o.circumstances as c1, o.controller_id as c2, o.id as c3, o.related_party_of as c4, o.transfer_ids as c5
  from elevation t
  join customer o on o.id = t.customer_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.code as c1, t.state as c2, t.transferee_id as c3, t.transferor_id as c4
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select t.id as c0, t.state as c1, t.customer_id as c2, t.transfer_id as c3, t.transferee_id as c4, t.transferor_id as c5
  from transfer_item t
  where (t.id = any($3::uuid[]) and ((t.transferee_id = $1::uuid and t.state = any($2::text[])) or t.transferor_id = $1::uuid));
select t.id as c0, t.concerned_ids as c1
  from security_alert t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.controller_id as c1, t.recipient_id as c2
  from cross_border_mechanism t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.concerned_ids as c1, t.transfer_ids as c2
  from decision t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.organisation_ids as c1, t.transfer_ids as c2
  from audit_engagement t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, o.organisation_ids as c1, o.transfer_ids as c2
  from audit_team_member t
  join audit_engagement o on o.id = t.engagement_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, o.organisation_ids as c1, o.transfer_ids as c2
  from audit_sample t
  join audit_engagement o on o.id = t.engagement_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.organisation_id as c1
  from access_review t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, o.organisation_id as c1
  from access_review_item t
  join access_review o on o.id = t.review_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, o.organisation_ids as c1, o.transfer_ids as c2
  from evidence_export t
  join audit_engagement o on o.id = t.engagement_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.full_name as c1, t.age_band as c2, t.circumstances as c3, t.controller_id as c4, t.export_key as c5, t.guardian_consent as c6, t.jurisdiction as c7, t.minor_approved_ids as c8, t.related_party_of as c9, t.transfer_ids as c10
  from customer t
  where (t.id = any($4::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));

-- partner-system
select t.id as c0, t.full_name as c1, t.kind as c2, t.age_band as c3, t.basis_purposes as c4, t.circumstances as c5, t.controller_id as c6, t.export_key as c7, t.guardian_consent as c8, t.jurisdiction as c9, t.minor_approved_ids as c10, t.original_purposes as c11, t.related_party_of as c12, t.state as c13, t.transfer_ids as c14
  from customer t
  where (t.id = any($3::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false))));
select t.id as c0, t.kind as c1, o.age_band as c2, o.basis_purposes as c3, o.circumstances as c4, o.controller_id as c5, o.export_key as c6, o.guardian_consent as c7, o.id as c8, o.jurisdiction as c9, o.minor_approved_ids as c10, o.original_purposes as c11, o.related_party_of as c12, o.state as c13, o.transfer_ids as c14
  from customer_event t
  join customer o on o.id = t.customer_id
  where (t.id = any($3::uuid[]) and (o.controller_id = $1::uuid and not (coalesce(o.state = $2::text, false))));
select t.id as c0, o.circumstances as c1, o.controller_id as c2, o.id as c3, o.related_party_of as c4, o.transfer_ids as c5
  from elevation t
  join customer o on o.id = t.customer_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.code as c1, t.state as c2, t.transferee_id as c3, t.transferor_id as c4
  from transfer t
  where (t.id = any($2::uuid[]) and (t.transferor_id = $1::uuid or t.transferee_id = $1::uuid));
select t.id as c0, t.state as c1, t.customer_id as c2, t.transfer_id as c3, t.transferor_id as c4
  from transfer_item t
  where (t.id = any($2::uuid[]) and t.transferor_id = $1::uuid);
select t.id as c0, t.concerned_ids as c1
  from security_alert t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.controller_id as c1, t.recipient_id as c2
  from cross_border_mechanism t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.concerned_ids as c1, t.transfer_ids as c2
  from decision t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.organisation_ids as c1, t.transfer_ids as c2
  from audit_engagement t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, o.organisation_ids as c1, o.transfer_ids as c2
  from audit_team_member t
  join audit_engagement o on o.id = t.engagement_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, o.organisation_ids as c1, o.transfer_ids as c2
  from audit_sample t
  join audit_engagement o on o.id = t.engagement_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.organisation_id as c1
  from access_review t
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, o.organisation_id as c1
  from access_review_item t
  join access_review o on o.id = t.review_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, o.organisation_ids as c1, o.transfer_ids as c2
  from evidence_export t
  join audit_engagement o on o.id = t.engagement_id
  where (t.id = any($1::uuid[]) and false);
select t.id as c0, t.full_name as c1, t.kind as c2, t.age_band as c3, t.basis_purposes as c4, t.circumstances as c5, t.controller_id as c6, t.export_key as c7, t.guardian_consent as c8, t.jurisdiction as c9, t.minor_approved_ids as c10, t.original_purposes as c11, t.related_party_of as c12, t.transfer_ids as c13
  from customer t
  where (t.id = any($4::uuid[]) and (t.controller_id = $1::uuid and not (coalesce(t.state = $2::text, false)) and not (coalesce(t.state = $3::text, false))));
