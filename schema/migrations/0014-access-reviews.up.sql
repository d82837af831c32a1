-- Who has which role, and whether somebody still vouches for it.

-- When somebody last called with a role. A table of its own, because whoever remembers principals
-- hears of every change of role_assignment.
create table role_use (
  principal_id uuid not null references principal (id),
  role text not null,
  used_at timestamptz not null,
  primary key (principal_id, role)
);
comment on column role_use.used_at is 'To the hour: written at most once in one.';

create table access_review (
  id uuid primary key,
  organisation_id uuid not null references organisation (id),
  role text,
  state text not null check (state in ('OPEN', 'OVERDUE', 'CLOSED')),
  ends_when_overdue text not null check (ends_when_overdue in ('NOTHING', 'DORMANT', 'EVERYTHING')),
  opened_by_id uuid not null references principal (id),
  opened_by text not null,
  opened_at timestamptz not null,
  due_at timestamptz not null check (due_at > opened_at),
  closed_by text,
  closed_at timestamptz,
  version integer not null default 1 check (version > 0),
  constraint access_review_closed check ((state = 'CLOSED') = (closed_at is not null))
);
comment on column access_review.role is 'The one role that it is about; null for all of them.';
create index access_review_organisation on access_review (organisation_id, id);
create index access_review_due on access_review (due_at) where state = 'OPEN';

create table access_review_item (
  id uuid primary key,
  review_id uuid not null references access_review (id),
  -- No reference: whoever takes a role away at the database need not ask a review that is over.
  assignment_id uuid not null,
  holder_id uuid not null references principal (id),
  holder text not null,
  role text not null,
  granted_by text,
  valid_from timestamptz not null,
  valid_to timestamptz,
  last_used_at timestamptz,
  dormant boolean not null,
  toxic_pairs text[] not null,
  outcome text check (outcome in ('KEEP', 'REVOKE', 'LAPSED')),
  decided_by_id uuid references principal (id),
  decided_by text,
  decided_at timestamptz,
  note text,
  version integer not null default 1 check (version > 0),
  unique (review_id, assignment_id),
  -- Whatever else goes wrong, nobody vouches for themselves.
  constraint access_review_item_by_another check (decided_by_id <> holder_id),
  constraint access_review_item_decided check ((outcome is null) = (decided_at is null))
);
comment on column access_review_item.holder is 'Name of the principal as it was then; never a customer''s.';
comment on column access_review_item.last_used_at is 'As it was known when the review was opened.';
create index access_review_item_undecided on access_review_item (review_id) where outcome is null;
