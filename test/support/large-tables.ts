import type { Pool } from "pg";
import { idOf, TRANSFEREE_ID, TRANSFEROR_ID } from "./reader-world.ts";

/*
 * Tables so large that PostgreSQL has to choose how to find rows in them. What is rare stands on the last
 * ten rows, so that whoever looks for it in the order of ids comes past all others.
 */

/** How many rows have a rare value. */
export const RARE = 10;
/** A small ledger beside two large ones. */
export const THIRD_ID = idOf("a", 3);
/** The transfer with half of all items. */
export const LARGE_TRANSFER_ID = idOf("f", 1);

const ID = (letter: string, number: string): string =>
  `('0197${letter}000-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`;
const DIGEST = (what: string): string => `sha256(convert_to(${what}, 'UTF8'))`;

/** Fills the tables of customers and transfers, without asking triggers and foreign keys. */
export async function fillLargeTables(
  pool: Pool,
  { customers }: { customers: number },
): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("set session_replication_role = replica; set statement_timeout = 0");
    for (const statement of fillings(customers)) await client.query(statement);
    await client.query("analyze");
  } finally {
    // A connection of its own: nobody else is to get one that asks no triggers.
    client.release(true);
  }
}

function fillings(customers: number): string[] {
  const rows = `generate_series(1, ${customers}) i, lateral (select i > ${customers - RARE}) r (rare)`;
  return [
    `insert into customer (id, controller_id, former_controller_ids, prospective_controller_ids,
       age_band, kind, state, jurisdiction, legal_hold, dispute_open, in_transfer, marketing_consent,
       customer_no, full_name, phone, email, region, uscc, recorded_on, updated_at,
       id_number_sealed, id_number_index, bank_account_index, tax_no_index,
       circumstances, circumstances_salt)
     select ${ID("c", "i")},
       case when rare then '${TRANSFEROR_ID}'::uuid when i % 400 = 0 then '${THIRD_ID}'
            when i % 4 = 0 then '${TRANSFEREE_ID}' else '${TRANSFEROR_ID}' end,
       case when rare then array['${TRANSFEREE_ID}'::uuid] else '{}' end,
       case when rare then array['${TRANSFEREE_ID}'::uuid] else '{}' end,
       'ADULT', case when rare then 'ORGANISATION' else 'INDIVIDUAL' end,
       case when rare then 'RESTRICTED' else 'ACTIVE' end, case when rare then 'SG' else 'DE' end,
       rare, rare, rare, case when rare then 'GIVEN' end,
       'C-' || i, 'Name ' || md5(i::text), '+49 ' || i, i || '@example.com',
       case when rare then 'rare' else 'region ' || i % 7 end, case when rare then 'USCC-' || i end,
       case when rare then '2031-01-01'::date else '2020-01-01'::date + i % 2000 end,
       '2026-01-01'::timestamptz + i * interval '1 second',
       '\\x00', ${DIGEST("'id ' || i")}, ${DIGEST("'account ' || i")}, ${DIGEST("'tax ' || i")},
       'circumstances', '\\x00'
     from ${rows}`,
    `insert into customer_event (customer_id, id, kind, occurred_at)
     select ${ID("c", "i % 1000 + 1")}, ${ID("e", "i")}, case when rare then 'RARE' else 'UPDATED' end,
       '2026-01-01'::timestamptz + i * interval '1 second' from ${rows}`,
    `insert into transfer (id, code, deal_type, legal_path, state, transferor_id, transferee_id,
       cross_border, window_opens_at, window_closes_at, cutover_at)
     select ${ID("f", "i")}, 'T-' || i, case when rare then 'MERGER' else 'ASSET_SALE' end,
       case when rare then 'ART22' else 'ART23' end, case when rare then 'COMPLETED' else 'DRAFT' end,
       case when i % 4 = 0 then '${TRANSFEREE_ID}'::uuid else '${TRANSFEROR_ID}' end,
       case when i % 4 = 0 then '${TRANSFEROR_ID}'::uuid else '${TRANSFEREE_ID}' end, rare,
       now() + i * interval '1 minute', now() + i * interval '2 minutes', now() + i * interval '3 minutes'
     from ${rows}`,
    `insert into transfer_item (customer_id, transfer_id, id, transferor_id, transferee_id, state, updated_at)
     select ${ID("c", "i")}, case when rare or i % 2 = 0 then '${LARGE_TRANSFER_ID}'::uuid else ${ID("f", "i / 100 + 2")} end,
       ${ID("e", "i")}, '${TRANSFEROR_ID}', '${TRANSFEREE_ID}',
       case when rare then 'FROZEN' else 'INCLUDED' end, '2026-01-01'::timestamptz + i * interval '1 second'
     from ${rows}`,
    `insert into security_alert (id, kind, principal_id, caller, organisation_id, concerned_ids, field,
       occurred_at, window_minutes, counted, allowed, acknowledged_at)
     select ${ID("e", "i")}, case when rare then 'DENIED_FILTERS' else 'LOOKUPS' end, ${ID("a", "i % 50")},
       'caller ' || case when rare then 'rare' else (i % 50)::text end, '${TRANSFEROR_ID}', array['${TRANSFEROR_ID}'::uuid],
       case when rare then 'Customer.taxNo' else 'Customer.idNumber' end,
       '2026-01-01'::timestamptz + i * interval '1 second', 60, 1, 1, case when rare then null else now() end
     from ${rows}`,
  ];
}

/** The blind index of a customer's value, as it was filled. */
export async function filledIndex(pool: Pool, text: string): Promise<Buffer> {
  const { rows } = await pool.query<{ index: Buffer }>(`select ${DIGEST("$1::text")} as index`, [
    text,
  ]);
  return rows[0]?.index ?? Buffer.alloc(0);
}
