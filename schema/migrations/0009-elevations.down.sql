alter table principal add column case_fields text[] not null default '{}';
update principal p
   set case_fields = listed.fields
  from (select q.id, array_agg(distinct field order by field) as fields
          from principal q
          join disclosure_case c on c.code = any (q.case_codes) and c.organisation_id = any (q.serves)
         cross join unnest(c.fields) as field
         where c.state in ('APPROVED', 'DELIVERED')
         group by q.id) listed
 where p.id = listed.id;
drop table disclosure_case;
drop table elevation;
