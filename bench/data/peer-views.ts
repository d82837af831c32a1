import { TRANSFEROR } from "./fill-transfers.ts";

const VISIBLE = `controller_id = nullif(current_setting('bench.organisation', true), '')::uuid
   AND state NOT IN ('SEALED', 'DESTROYED')`;

/** What the policy says of any customer whom the caller sees, as the two callers of the peers meet it. */
const WITHHELD = `(
  (c.age_band IN ('CHILD', 'YOUTH') AND NOT c.minor_approved_ids @> ARRAY[nullif(current_setting('bench.caller', true), '')::uuid])
  OR (c.age_band = 'CHILD' AND NOT c.guardian_consent)
  OR c.related_party_of @> ARRAY[nullif(current_setting('bench.caller', true), '')::uuid]
  OR (current_setting('bench.purpose', true) = 'SERVICE_DELIVERY' AND NOT c.basis_purposes @> ARRAY['SERVICE_DELIVERY'])
  OR (current_setting('bench.purpose', true) = 'SERVICE_DELIVERY' AND c.original_purposes IS NOT NULL AND NOT c.original_purposes @> ARRAY['SERVICE_DELIVERY'])
  OR (c.jurisdiction <> 'CN' AND c.export_key NOT IN ('DE/${TRANSFEROR}', 'SG/${TRANSFEROR}')))`;

const ASSIGNED = `(current_setting('bench.purpose', true) = 'SERVICE_DELIVERY'
  AND c.assigned_agent_ids @> ARRAY[nullif(current_setting('bench.caller', true), '')::uuid])`;

/** How PostGraphile's roles see the same tables: row security on them, and views that mask. */
export function peerStatements(): string[] {
  return [
    `DO $$ BEGIN
       CREATE ROLE bench_caller NOLOGIN;
     EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    "CREATE SCHEMA bench",
    "GRANT USAGE ON SCHEMA bench, public TO bench_caller",
    "GRANT SELECT ON customer, transfer, transfer_item TO bench_caller",
    "ALTER TABLE customer ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE transfer ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE transfer_item ENABLE ROW LEVEL SECURITY",
    `CREATE POLICY bench_sees ON customer FOR SELECT TO bench_caller USING (${VISIBLE}
       AND (current_setting('bench.purpose', true) = 'SERVICE_DELIVERY' OR in_transfer))`,
    `CREATE POLICY bench_sees ON transfer FOR SELECT TO bench_caller USING (current_setting('bench.purpose', true) = 'TRANSFER_EXECUTION'
       AND nullif(current_setting('bench.organisation', true), '')::uuid IN (transferor_id, transferee_id))`,
    `CREATE POLICY bench_sees ON transfer_item FOR SELECT TO bench_caller USING (current_setting('bench.purpose', true) = 'TRANSFER_EXECUTION'
       AND transferor_id = nullif(current_setting('bench.organisation', true), '')::uuid)`,
    ...MASKS,
    `CREATE VIEW bench.customer WITH (security_invoker = true) AS
       SELECT c.id,
              CASE WHEN ${WITHHELD} THEN NULL ELSE c.customer_no END AS customer_no,
              CASE WHEN ${WITHHELD} THEN NULL ELSE c.full_name END AS full_name,
              CASE WHEN ${WITHHELD} THEN NULL WHEN ${ASSIGNED} THEN c.phone ELSE bench.mask_phone(c.phone) END AS phone,
              CASE WHEN ${WITHHELD} THEN NULL WHEN ${ASSIGNED} THEN c.email ELSE bench.mask_email(c.email) END AS email,
              CASE WHEN ${WITHHELD} THEN NULL WHEN ${ASSIGNED} THEN c.region ELSE bench.mask_region(c.region) END AS region,
              CASE WHEN ${WITHHELD} THEN NULL WHEN ${ASSIGNED} THEN c.id_number_partial END AS id_number
         FROM public.customer c`,
    `CREATE VIEW bench.transfer WITH (security_invoker = true) AS SELECT id, code, state FROM public.transfer`,
    `CREATE VIEW bench.transfer_item WITH (security_invoker = true) AS
       SELECT id, transfer_id, customer_id, state FROM public.transfer_item`,
    "COMMENT ON VIEW bench.customer IS E'@name customer\\n@primaryKey id'",
    "COMMENT ON VIEW bench.transfer IS E'@name transfer\\n@primaryKey id'",
    `COMMENT ON VIEW bench.transfer_item IS E'@name transferItem\\n@primaryKey id\\n@foreignKey (transfer_id) references bench.transfer (id)|@fieldName transfer|@foreignFieldName items\\n@foreignKey (customer_id) references bench.customer (id)|@fieldName customer'`,
    "GRANT SELECT ON ALL TABLES IN SCHEMA bench TO bench_caller",
  ];
}

/** The product's renderings once more, in SQL, as far as made-up customers need them. */
const MASKS = [
  `CREATE FUNCTION bench.mask_phone(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT CASE WHEN phone IS NULL THEN NULL ELSE (
       SELECT '+' || code || ' ' || CASE WHEN length(digits) < 11 THEN '****' || right(digits, 2)
                                         ELSE left(digits, 3) || '****' || right(digits, 4) END
         FROM (SELECT (regexp_match(phone, '^\\+(86|49|65)(\\d+)$'))[1] AS code,
                      (regexp_match(phone, '^\\+(86|49|65)(\\d+)$'))[2] AS digits) p) END $$`,
  `CREATE FUNCTION bench.mask_email(email text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT CASE WHEN email IS NULL THEN NULL ELSE
       CASE WHEN position('@' in email) > 2 THEN left(email, 1) ELSE '' END || '***@' ||
       CASE WHEN lower(split_part(email, '@', 2)) = ANY (ARRAY['126.com','139.com','163.com','aliyun.com','example.com','example.org','foxmail.com','gmail.com','gmx.de','hotmail.com','icloud.com','outlook.com','qq.com','singnet.com.sg','sina.com','sohu.com','t-online.de','web.de','yahoo.com'])
            THEN lower(split_part(email, '@', 2)) ELSE '***' END END $$`,
  `CREATE FUNCTION bench.mask_region(region text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
     SELECT CASE WHEN region IS NULL THEN NULL
                 WHEN split_part(region, ' ', 1) = region THEN '******' ELSE split_part(region, ' ', 1) END $$`,
];
