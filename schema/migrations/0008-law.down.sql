drop table cross_border_count;
drop table cross_border_mechanism;
alter table customer drop column export_key;
alter table principal drop column location;

update transfer_item
set reasons = array_replace(reasons, 'CHILD_WITHOUT_GUARDIAN', 'MINOR_UNDER_14')
where 'CHILD_WITHOUT_GUARDIAN' = any (reasons);

alter table customer drop constraint customer_age_band_check;
update customer
set age_reckoned_from = case age_band
      when 'CHILD' then age_reckoned_from + interval '14 years'
      when 'YOUTH' then age_reckoned_from + interval '18 years'
    end,
    age_band = case age_band when 'CHILD' then 'UNDER_14' else 'FROM_14_TO_17' end
where age_band in ('CHILD', 'YOUTH');
alter table customer add constraint customer_age_band_check
  check (age_band in ('UNDER_14', 'FROM_14_TO_17', 'ADULT', 'UNKNOWN', 'NOT_A_PERSON'));
alter table customer rename column age_reckoned_from to age_band_review_on;
alter index customer_age_reckoned rename to customer_age_review;
comment on column customer.age_band_review_on is 'First of the month after which the age band must be looked at again; a stale band protects more, never less.';
