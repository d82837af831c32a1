-- How many sealed values each caller has looked up, and what is to be looked into.

-- One row for each caller and field. Whoever spends holds it, so that no two nodes spend the same.
create table lookup_budget (
  principal_id uuid not null,
  field text not null,
  spent_at timestamptz not null,
  primary key (principal_id, field)
);

-- What was looked up, as a digest under a key that nothing else is made with: equal values of two
-- callers differ, and none can be joined with a customer.
create table lookup_seen (
  principal_id uuid not null,
  field text not null,
  digest bytea not null check (length(digest) = 16),
  outcome text not null check (outcome in ('FOUND', 'MISSED', 'DENIED')),
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (principal_id, field, digest)
);
create index lookup_seen_expiry on lookup_seen (expires_at);

create table security_alert (
  id uuid primary key,
  kind text not null check (kind in ('LOOKUPS', 'FAILED_PROBES', 'DENIED_FILTERS')),
  principal_id uuid not null,
  caller text not null,
  organisation_id uuid not null,
  concerned_ids uuid[] not null,
  field text not null,
  occurred_at timestamptz not null,
  window_minutes integer not null,
  counted integer not null,
  allowed integer not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  note text,
  acknowledged boolean not null generated always as (acknowledged_at is not null) stored
);
comment on column security_alert.concerned_ids is 'Organisations whose people look into it: that of the caller, and those for which the caller works.';
comment on column security_alert.counted is 'What the refused request would have made of the count.';
create index security_alert_caller on security_alert (principal_id, field, occurred_at);
create index security_alert_concerned on security_alert using gin (concerned_ids);

-- Spends all that is asked, or nothing; what would be spent too much is returned, with the id of the
-- alert where the window has none yet. A function, because each of its statements sees what others
-- committed while it waited for the rows of lookup_budget; parts of one statement would not.
create function spend_lookups(
  spender uuid,
  spent timestamptz,
  asked_fields text[],
  asked_digests bytea[],
  asked_outcomes text[],
  limit_fields text[],
  limit_measures text[],
  limit_minutes integer[],
  limit_most integer[],
  alert_ids uuid[],
  alert_caller text,
  alert_organisation uuid,
  alert_concerned uuid[]
) returns table (
  over_field text,
  over_measure text,
  over_minutes integer,
  over_count integer,
  over_most integer,
  free_at timestamptz,
  new_alert uuid
) language plpgsql as $$
#variable_conflict use_column
declare
  is_over boolean := false;
  excess record;
begin
  insert into lookup_budget as b (principal_id, field, spent_at)
    select spender, name, spent from (select distinct unnest(asked_fields) as name) names order by name
    on conflict (principal_id, field) do update set spent_at = greatest(b.spent_at, excluded.spent_at);

  for excess in
    with fresh as (
      -- What is remembered is free, and a failed probe is known to have failed only afterwards: so
      -- that a refusal tells nothing, every fresh value is taken to fail.
      select a.field, count(*)::integer as values
        from unnest(asked_fields, asked_digests) a (field, digest)
       where not exists (
         select from lookup_seen s
          where s.principal_id = spender and s.field = a.field and s.digest = a.digest and s.expires_at > spent)
       group by a.field
    )
    select l.field, l.measure, l.minutes, l.most, l.alert_id, fresh.values as fresh, used.times
      from unnest(limit_fields, limit_measures, limit_minutes, limit_most, alert_ids)
             l (field, measure, minutes, most, alert_id)
      join fresh on fresh.field = l.field
     cross join lateral (
       select coalesce(array_agg(s.seen_at order by s.seen_at), '{}') as times
         from lookup_seen s
        where s.principal_id = spender and s.field = l.field
          and s.seen_at > spent - make_interval(mins => l.minutes)
          and s.outcome = any (case l.measure when 'LOOKUPS' then '{FOUND,MISSED}'::text[]
                                              when 'FAILED_PROBES' then '{MISSED}' else '{DENIED}' end)
     ) used
     where cardinality(used.times) + fresh.values > l.most
  loop
    is_over := true;
    over_field := excess.field;
    over_measure := excess.measure;
    over_minutes := excess.minutes;
    over_count := cardinality(excess.times) + excess.fresh;
    over_most := excess.most;
    free_at := excess.times[over_count - excess.most] + make_interval(mins => excess.minutes);
    new_alert := null;
    insert into security_alert (id, kind, principal_id, caller, organisation_id, concerned_ids, field,
                                occurred_at, window_minutes, counted, allowed)
      select excess.alert_id, excess.measure, spender, alert_caller, alert_organisation, alert_concerned,
             excess.field, spent, excess.minutes, over_count, excess.most
       where not exists (
         select from security_alert a
          where a.principal_id = spender and a.field = excess.field and a.kind = excess.measure
            and a.window_minutes = excess.minutes
            and a.occurred_at > spent - make_interval(mins => excess.minutes))
      returning id into new_alert;
    return next;
  end loop;

  if is_over then return; end if;
  insert into lookup_seen as s (principal_id, field, digest, outcome, seen_at, expires_at)
    select spender, a.field, a.digest, a.outcome, spent,
           spent + make_interval(mins => (select max(m) from unnest(limit_minutes) m))
      from unnest(asked_fields, asked_digests, asked_outcomes) a (field, digest, outcome)
    on conflict (principal_id, field, digest) do update
      set outcome = excluded.outcome, seen_at = excluded.seen_at, expires_at = excluded.expires_at
      where s.expires_at <= spent;
end $$;

-- A prefix is found in an index only under the order of code points, whatever order the database has.
create index customer_name_prefix on customer (controller_id, full_name text_pattern_ops);
