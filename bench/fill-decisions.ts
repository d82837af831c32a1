import { createHash } from "node:crypto";
import type { Pool } from "pg";

/** A uuid that a word always makes; the database makes the same of it. */
function uuidOf(word: string): string {
  const hex = createHash("md5").update(word).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const numbered = (word: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => uuidOf(`${word}${at}`));

/** Who and what stands in the made-up records. */
export const FILLED = {
  organisations: numbered("organisation", 4),
  callers: numbered("caller", 500),
  transfers: numbered("transfer", 50),
};

/** Reference of a made-up customer. */
export function filledCustomer(number: number): string {
  return uuidOf(`customer${number}`);
}

/** How many customers there are for a number of records. */
export function filledCustomers(records: number): number {
  return Math.max(100, Math.floor(records / 20));
}

/** Days over which the records are spread, from the first of January 2026 on. */
export const FILLED_DAYS = 180;

interface Verdict {
  readonly fields: readonly string[];
  readonly disclosure: string;
  readonly reason: string | null;
  readonly rule: string;
}

const given = (rule: string, ...fields: string[]): Verdict => ({
  fields,
  disclosure: "CLEAR",
  reason: null,
  rule,
});
/** `why` is the reason and the rule. */
const withheld = (disclosure: string, why: string, ...fields: string[]): Verdict => {
  const [reason = "", rule = ""] = why.split(" ");
  return { fields, disclosure, reason, rule };
};

/** Sets of verdicts as screens lead to them; the last three are rare. */
const SETS: readonly (readonly Verdict[])[] = [
  [
    given("cs-agent/assigned-case", "fullName", "phone", "email"),
    withheld("PARTIAL", "CLASS_SENSITIVE cs-agent/assigned-case", "idNumber"),
  ],
  [
    given("cs-agent/no-case", "fullName"),
    withheld("PARTIAL", "NO_CASE cs-agent/no-case", "phone", "email"),
    withheld("NONE", "CLASS_SENSITIVE default-deny", "idNumber", "bankAccount"),
  ],
  [withheld("NONE", "CONSENT_MISSING purpose/marketing-not-allowed", "fullName", "phone")],
  [
    withheld("COARSE", "PURPOSE_LIMITS sales-analyst/analytics", "region", "purchaseTotal"),
    withheld("NONE", "NO_GRANT default-deny", "fullName"),
  ],
  [
    given("data-steward/quality", "fullName", "phone", "region", "postalAddress"),
    withheld("EXISTS", "CLASS_SENSITIVE data-steward/quality", "idNumber", "bankAccount"),
  ],
  [
    withheld("PARTIAL", "PURPOSE_LIMITS internal-auditor/audit", "fullName", "phone"),
    withheld("EXISTS", "CLASS_PRIVATE internal-auditor/audit", "idNumber", "healthStatus"),
  ],
  [given("partner-system/service", "fullName", "phone", "postalAddress")],
  [
    withheld(
      "NONE",
      "APPROVAL_REQUIRED state/minor-without-approval",
      "fullName",
      "phone",
      "idNumber",
    ),
  ],
  [given("compliance-officer/rights-request-elevated", "idNumber")],
  [withheld("NONE", "LEGAL_HOLD old/rule", "fullName", "phone")],
  [given("rare/rule", "bankAccount")],
];

const [ELEVATED, OLD, RARE] = [8, 9, 10];

function facetsOf(set: readonly Verdict[]): string[] {
  const words = set.flatMap(({ fields, disclosure, reason, rule }) => [
    `d:${disclosure}`,
    `r:${rule}`,
    ...(reason === null ? [] : [`x:${reason}`]),
    ...fields.flatMap((field) => [`f:Customer.${field}`, `fd:Customer.${field}=${disclosure}`]),
  ]);
  return [...new Set(["a:READ", ...words])].sort();
}

const distinct = (words: readonly (string | null)[]): string[] => [
  ...new Set(words.filter((word) => word !== null)),
];

/** Records of one statement. */
const CHUNK = 20_000;

/**
 * Fills table `decision` with made-up records: half a year of four organisations, 500 callers and one
 * customer for every 20 records, of whom some are in far more records than others. Indexes are made
 * afterwards, as that takes a fraction of the time.
 *
 * @param records how many there shall be in the end
 * @param writers connections that write, each its own stretch of the time
 * @param isLogged false writes no journal: for databases that are thrown away
 */
export async function fillDecisions(
  pool: Pool,
  {
    records,
    writers = 1,
    isLogged = true,
    onProgress = () => undefined,
  }: {
    records: number;
    writers?: number;
    isLogged?: boolean;
    onProgress?: (made: number) => void;
  },
): Promise<void> {
  for (let month = 0; month < 8; month += 1)
    await pool.query("SELECT ensure_decision_month($1)", [new Date(Date.UTC(2026, month, 2))]);
  if (!isLogged) await withoutJournal(pool);
  const { rows: indexes } = await pool.query<{ name: string; text: string }>(`
    SELECT c.relname AS name, pg_get_indexdef(c.oid) AS text
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = 'decision'::regclass AND NOT i.indisprimary`);
  for (const { name } of indexes) await pool.query(`DROP INDEX ${name}`);
  let made = 0;
  const write = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at += CHUNK) {
      const next = Math.min(at + CHUNK, to);
      await pool.query(FILL, [...values(records), at, next - 1]);
      made += next - at;
      onProgress(made);
    }
  };
  const share = Math.ceil(records / writers);
  const starts = Array.from({ length: writers }, (_, writer) => writer * share);
  await Promise.all(starts.map((from) => write(from, Math.min(from + share, records))));
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0; SET maintenance_work_mem = '1GB'");
    // PostgreSQL writes the index of the whole without its parts.
    for (const { text } of indexes) await client.query(text.replace(" ON ONLY ", " ON "));
    await client.query("VACUUM ANALYZE decision, decision_day, decision_block");
    await client.query("RESET statement_timeout; RESET maintenance_work_mem");
  } finally {
    client.release();
  }
}

async function withoutJournal(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent IN ('decision_standard'::regclass, 'decision_private'::regclass)`,
  );
  for (const { name } of rows) await pool.query(`ALTER TABLE ${name} SET UNLOGGED`);
}

function values(records: number): unknown[] {
  return [
    records,
    filledCustomers(records),
    SETS.map((set) => JSON.stringify(set.map((one) => ({ ...one, stage: null, under: [] })))),
    SETS.map((set) => JSON.stringify(facetsOf(set))),
    SETS.map((set) => JSON.stringify(distinct(set.map(({ rule }) => rule)))),
    SETS.map((set) => JSON.stringify(distinct(set.map(({ reason }) => reason)))),
    SETS.map((set) => JSON.stringify(distinct(set.map(({ disclosure }) => disclosure)))),
    SETS.map((set) =>
      JSON.stringify(set.flatMap(({ fields }) => fields.map((field) => `Customer.${field}`))),
    ),
  ];
}

/** Lists come as JSON and are made arrays once for each set. */
const FILL = `
  WITH sets AS MATERIALIZED (
    SELECT n, verdicts, words(facets) AS facets, words(rules) AS rules, words(reasons) AS reasons,
           words(disclosures) AS disclosures, words(fields) AS fields
      FROM unnest($3::text[], $4::jsonb[], $5::jsonb[], $6::jsonb[], $7::jsonb[], $8::jsonb[])
           WITH ORDINALITY AS s (verdicts, facets, rules, reasons, disclosures, fields, n)),
  made AS MATERIALIZED (
    SELECT g, ('x' || substr(md5(g::text), 1, 7))::bit(28)::int AS luck,
           timestamptz '2026-01-01' + g * (interval '${FILLED_DAYS} days' / $1::int) AS at
      FROM generate_series($9::int, $10::int) g),
  shaped AS MATERIALIZED (
    SELECT m.*, md5('organisation' || m.luck / 64 % 4)::uuid AS organisation,
           -- Some callers ask far more often than others.
           md5('caller' || (500 * power((m.luck % 9973)::float8 / 9973, 2))::int % 500)::uuid AS caller,
           CASE WHEN m.g % 100003 = 17 THEN ${RARE}
                WHEN m.g % 997 = 5 THEN ${ELEVATED}
                WHEN m.g < $1::int / 10 AND m.g % 11 = 3 THEN ${OLD}
                ELSE m.luck / 1024 % 8 END + 1 AS n,
           CASE WHEN m.luck / 32768 % 10 < 6 THEN 1 WHEN m.luck / 32768 % 10 < 9 THEN 5 ELSE 20 END AS count
      FROM made m),
  about AS MATERIALIZED (
    SELECT s.*, ARRAY(SELECT md5('customer' || ($2::int * power(((s.luck + k * 7919) % 99991)::float8 / 99991, 1.5))::int)::uuid
                        FROM generate_series(1, s.count) k) AS subjects
      FROM shaped s)
  INSERT INTO decision (tree_index, sealed_at, retention, id, occurred_at, recorded_on, request_id, operation, action,
    principal_id, organisation_id, roles, purpose, case_codes, token_id, policy_version, law_pack, subject_type,
    fields, disclosures, reasons, rules, facets, concerned_ids, transfer_ids, subjects, row_count, refusal, body)
  SELECT a.g, a.at + interval '1 second', CASE WHEN a.n = ${RARE + 1} THEN 'PRIVATE' ELSE 'STANDARD' END,
         md5('record' || a.g)::uuid, a.at, (a.at AT TIME ZONE 'UTC')::date, 'request-' || a.g, 'Operation' || a.luck % 40,
         'READ', a.caller, a.organisation, ARRAY[(ARRAY['CS_AGENT', 'SALES_ANALYST', 'DATA_STEWARD', 'INTERNAL_AUDITOR'])[1 + a.n % 4]],
         (ARRAY['SERVICE_DELIVERY', 'ANALYTICS', 'DATA_QUALITY', 'COMPLIANCE_AUDIT'])[1 + a.n % 4],
         CASE WHEN a.luck % 211 = 0 THEN ARRAY['CASE-' || a.luck % 13] ELSE '{}' END, NULL,
         'policy-' || (a.g * 12 / $1::int), 'law', 'Customer', t.fields, t.disclosures, t.reasons, t.rules, t.facets,
         ARRAY[a.organisation], CASE WHEN a.luck % 37 = 0 THEN ARRAY[md5('transfer' || a.luck % 50)::uuid] ELSE '{}' END,
         a.subjects, a.count, NULL,
         '{"v":1,"id":"' || md5('record' || a.g)::uuid || '","at":"' || a.at || '","request":"request-' || a.g ||
         '","operation":{"name":"Operation' || a.luck % 40 || '","digest":"0123456789abcdef0123456789abcdef"},"action":"READ","type":"Customer","caller":{"id":"' ||
         a.caller || '","organisationId":"' || a.organisation || '","roles":["CS_AGENT"],"caseCodes":[],"tokenId":null,"state":"state"},"purpose":"SERVICE_DELIVERY","policyVersion":"policy","lawPack":"law","concerned":["' ||
         a.organisation || '"],"transfers":[],"verdicts":' || t.verdicts || ',"rows":{"count":' || a.count ||
         ',"ids":[],"customers":' || to_json(a.subjects) || ',"circumstances":[],"own":[]},"clear":null,"refusal":null,"about":null}'
    FROM about a JOIN sets t ON t.n = a.n`.replaceAll(
  /words\((\w+)\)/g,
  "ARRAY(SELECT jsonb_array_elements_text($1))",
);
