drop table evidence_part;
drop table evidence_export;
