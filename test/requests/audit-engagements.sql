-- compliance-officer for RIGHTS_REQUEST
select t.id as c0, t.code as c1, t.kind as c2, t.state as c3, t.firm as c4, t.lead as c5, t.organisation_ids as c6, t.transfer_ids as c7
  from audit_engagement t
  where (t.organisation_ids && $1::uuid[])
  order by t.id asc
  limit $2::bigint;
select count(*)::integer
  from audit_engagement t
  where (t.organisation_ids && $1::uuid[]);

-- internal-auditor
select t.id as c0, t.code as c1, t.kind as c2, t.state as c3, t.firm as c4, t.lead as c5, t.organisation_ids as c6, t.transfer_ids as c7
  from audit_engagement t
  where (t.organisation_ids && $1::uuid[])
  order by t.id asc
  limit $2::bigint;
select count(*)::integer
  from audit_engagement t
  where (t.organisation_ids && $1::uuid[]);

-- external-auditor
select t.id as c0, t.code as c1, t.kind as c2, t.state as c3, t.firm as c4, t.lead as c5, t.organisation_ids as c6, t.transfer_ids as c7
  from audit_engagement t
  where (t.team_ids && $1::uuid[])
  order by t.id asc
  limit $2::bigint;
select count(*)::integer
  from audit_engagement t
  where (t.team_ids && $1::uuid[]);

-- transferee-internal-auditor
select t.id as c0, t.code as c1, t.kind as c2, t.state as c3, t.firm as c4, t.lead as c5, t.organisation_ids as c6, t.transfer_ids as c7
  from audit_engagement t
  where (t.organisation_ids && $1::uuid[])
  order by t.id asc
  limit $2::bigint;
select count(*)::integer
  from audit_engagement t
  where (t.organisation_ids && $1::uuid[]);

-- cs-agent for SERVICE_DELIVERY
select t.id as c0, t.organisation_ids as c1, t.transfer_ids as c2
  from audit_engagement t
  where (false)
  order by t.id asc
  limit $1::bigint;
select count(*)::integer
  from audit_engagement t
  where (false);
