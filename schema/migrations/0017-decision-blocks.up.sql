-- In which parts of the log a word occurs at all. Nothing else tells a search for what was decided long
-- ago where to begin: the log is read from its newest record back, and the planner takes every word to be
-- spread evenly. A block is 1,024 places; a word is written once for each block, for each organisation
-- that its records concern and for any (the nil uuid). The empty word is in every record.
create table decision_block (
  word text not null,
  organisation_id uuid not null,
  block bigint not null check (block >= 0),
  primary key (word, organisation_id, block)
);
comment on table decision_block is 'Words of the decision log and the blocks of 1,024 places in which they occur; only where to look, never what is found.';
comment on column decision_block.word is 'A facet, or p:purpose, v:policy version, o:role, t:transfer; empty for every record.';
comment on column decision_block.organisation_id is 'Organisation that a record with the word concerns; the nil uuid for any.';

create function decision_words(facets text[], purpose text, policy_version text, roles text[], transfer_ids uuid[])
returns text[] language sql immutable as $$
  select array['', 'p:' || coalesce(purpose, ''), 'v:' || policy_version] || facets
    || array(select 'o:' || role from unnest(roles) role)
    || array(select 't:' || transfer from unnest(transfer_ids) transfer)
$$;

-- What is alike is taken together before it is taken apart: records of a block repeat one another.
create function note_decision_blocks() returns trigger language plpgsql as $$
begin
  insert into decision_block (word, organisation_id, block)
    select distinct word, organisation_id, block
      from (select distinct tree_index >> 10 as block, facets, purpose, policy_version, roles, transfer_ids, concerned_ids
              from sealed) s,
           unnest(decision_words(facets, purpose, policy_version, roles, transfer_ids)) word,
           unnest(concerned_ids || uuid '00000000-0000-0000-0000-000000000000') organisation_id
     order by 1, 2, 3
  on conflict do nothing;
  return null;
end $$;
create trigger decision_notes_its_block after insert on decision
  referencing new table as sealed
  for each statement execute function note_decision_blocks();

insert into decision_block (word, organisation_id, block)
select distinct word, organisation_id, block
  from (select distinct tree_index >> 10 as block, facets, purpose, policy_version, roles, transfer_ids, concerned_ids
          from decision) s,
       unnest(decision_words(facets, purpose, policy_version, roles, transfer_ids)) word,
       unnest(concerned_ids || uuid '00000000-0000-0000-0000-000000000000') organisation_id;
