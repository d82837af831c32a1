alter table organisation drop column operator;
