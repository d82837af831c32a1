drop table revoked_token;
drop table role_assignment;
drop table principal;
drop table organisation_key;
drop table organisation;
