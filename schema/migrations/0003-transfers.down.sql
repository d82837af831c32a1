drop table transfer_item;
drop table transfer;
