create trigger customer_circumstances_on_insert before insert on customer
  for each row execute function name_customer_circumstances();
