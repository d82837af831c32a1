-- Whose people decide on the policy, which holds for everybody.

alter table organisation add column operator boolean not null default false;
comment on column organisation.operator is 'Operates Custodia: only its people write, approve and activate policies. Set in the database alone.';
