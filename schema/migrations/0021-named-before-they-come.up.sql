-- A customer comes with the name of its circumstances: whoever writes one reckons it from the columns that it
-- writes (src/database/circumstances-text.ts), and a row without is refused, as both columns take no null. A
-- trigger before each row kept COPY from adding rows in groups, which cost an import more than the name itself.
-- Changes are named by the trigger as before.
drop trigger customer_circumstances_on_insert on customer;
