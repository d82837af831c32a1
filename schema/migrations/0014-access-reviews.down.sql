drop table access_review_item;
drop table access_review;
drop table role_use;
