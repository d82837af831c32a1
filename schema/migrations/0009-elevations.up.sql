-- Fields of one customer that somebody opened to somebody for a while ("break the glass"). Owned by a
-- customer: its id leads the key. Names of people stay as they were; the ids beside them are what rules read.

create table elevation (
  customer_id uuid not null references customer (id),
  id uuid not null,
  organisation_id uuid not null,
  requester_id uuid not null,
  approver_id uuid,
  reviewer_id uuid,

  purpose text not null,
  fields text[] not null check (cardinality(fields) > 0),
  reason text not null check (reason <> ''),
  minutes integer not null check (minutes > 0),
  state text not null check (state in ('REQUESTED', 'APPROVED', 'ENDED', 'REJECTED', 'LAPSED')),

  requested_by text not null,
  requested_at timestamptz not null,
  lapses_at timestamptz not null check (lapses_at > requested_at),
  decided_by text,
  decided_at timestamptz,
  decision_note text,
  until timestamptz,
  ended_by text,

  review_state text check (review_state in ('DUE', 'OVERDUE', 'JUSTIFIED', 'NOT_JUSTIFIED')),
  review_due_at timestamptz,
  reviewed_by text,
  reviewed_at timestamptz,
  review_note text,

  version integer not null default 1 check (version > 0),
  primary key (customer_id, id),

  -- Whatever else goes wrong, nobody opens a record to themselves, nobody judges their own, and
  -- what was opened has an end and a review.
  constraint elevation_four_eyes check (approver_id <> requester_id),
  constraint elevation_review_by_another check (reviewer_id not in (requester_id, approver_id)),
  constraint elevation_opened_is_bounded check (
    state not in ('APPROVED', 'ENDED')
    or (approver_id is not null and decided_at is not null and review_state is not null
        and review_due_at is not null and until >= decided_at
        and until <= decided_at + make_interval(mins => minutes))
  )
);
comment on column elevation.until is 'When it ends by itself; once it was ended early, when that was.';
comment on column elevation.requested_by is 'Name of the principal as it was then; never a customer''s.';

create index elevation_id on elevation (id);
create index elevation_requester on elevation (requester_id, until desc) where until is not null;
create index elevation_asked_by on elevation (requester_id, id);
create index elevation_lapse on elevation (lapses_at) where state = 'REQUESTED';
create index elevation_end on elevation (until) where state = 'APPROVED';
create index elevation_review on elevation (review_due_at) where review_state = 'DUE';

-- What a court or an authority asks an organisation for. The fields of a case take the place of those
-- that each liaison's record held: a case is what lists fields, and it ends.
create table disclosure_case (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  code text not null,
  kind text not null check (kind in ('COURT_ORDER', 'GOVERNMENT_INVESTIGATION', 'REGULATOR', 'PUBLICATION')),
  authority text not null,
  jurisdiction text not null,
  document_no text,
  approval_ref text,
  state text not null check (state in (
    'RECEIVED', 'VERIFIED', 'SCOPED', 'REDACTED', 'APPROVED', 'DELIVERED', 'CLOSED', 'REJECTED', 'ABUSE_REPORTED'
  )),
  fields text[] not null default '{}',
  received_at timestamptz not null,
  approved_at timestamptz,
  delivered_at timestamptz,
  closed_at timestamptz,
  version integer not null default 1 check (version > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organisation_id, code)
);
comment on table disclosure_case is 'An authority''s demand for records of an organisation that answers for them.';
comment on column disclosure_case.jurisdiction is 'Where the authority sits.';
comment on column disclosure_case.approval_ref is 'Approval of the competent Chinese authority to answer a foreign one (PIPL Art. 41); null without one.';

-- Cases under which liaisons worked so far were approved ones of this country's authorities.
insert into disclosure_case
  (id, organisation_id, code, kind, authority, jurisdiction, state, fields, received_at, approved_at)
select gen_random_uuid(), served.organisation_id, c.code, 'GOVERNMENT_INVESTIGATION', min(o.name), 'CN', 'APPROVED',
       array(select distinct field from principal q cross join unnest(q.case_fields) as field
              where c.code = any (q.case_codes) and served.organisation_id = any (q.serves) order by 1),
       min(p.created_at), min(p.created_at)
  from principal p
  join organisation o on o.id = p.organisation_id
  cross join unnest(p.case_codes) as c (code)
  cross join unnest(p.serves) as served (organisation_id)
 where cardinality(p.case_fields) > 0
 group by served.organisation_id, c.code;

alter table principal drop column case_fields;

-- Whoever remembers what is open to somebody hears of it.
select watch_changes('elevation');
select watch_changes('disclosure_case');
