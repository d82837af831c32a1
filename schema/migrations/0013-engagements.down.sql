drop table audit_sample;
drop table audit_team_member;
drop table audit_engagement;
