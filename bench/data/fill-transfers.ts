import type { DataSize } from "../lib/options.ts";

/**
 * Fills transfers and their items from the customers that the product's own seed has written and sealed,
 * and makes true what rules read of a customer: its transfers, whether one is running, to whom it would
 * go. Triggers that do that row by row are off for the items alone; the change of the customers runs with
 * theirs, so every state of a customer has its name in the decision log.
 *
 * A ledger goes by portfolios: a transfer has 100 customers that were taken on one after the other, and
 * later transfers have the same portfolios again. The first ones hold everybody once: they are running, all
 * later ones were called off. (Were every customer in a set of transfers of its own, a list would cost a
 * record of the decision log for each: see decision 0040.)
 */
export function transferStatements({ transfers, itemsPerTransfer }: DataSize): string[] {
  const portfolios = `(SELECT greatest(count(*) / ${itemsPerTransfer}, 1) FROM bench_ledger)`;
  return [
    `CREATE UNLOGGED TABLE bench_ledger AS
       SELECT row_number() OVER (ORDER BY id) - 1 AS place, id FROM customer
        WHERE controller_id = '${TRANSFEROR}' AND state NOT IN ('SEALED', 'DESTROYED')`,
    "ALTER TABLE bench_ledger ADD PRIMARY KEY (place)",
    `INSERT INTO transfer (id, code, deal_type, legal_path, state, transferor_id, transferee_id,
                           original_purposes, cross_border, created_at, updated_at)
       SELECT ('0190a000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'BT-' || lpad(n::text, 6, '0'),
              'ASSET_SALE', 'ART22',
              CASE WHEN n < ${portfolios} THEN 'EXECUTING' ELSE 'CANCELLED' END,
              '${TRANSFEROR}', '${TRANSFEREE}', '{SERVICE_DELIVERY,CUSTOMER_CARE,MARKETING}', true,
              timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-01-01' + n * interval '1 minute'
         FROM generate_series(0, ${transfers - 1}) n`,
    `SET session_replication_role = replica;
     INSERT INTO transfer_item (customer_id, transfer_id, id, transferor_id, transferee_id, state, updated_at)
       SELECT l.id, t.id, ('0191a000-' || lpad(to_hex(t.n / 65536), 4, '0') || '-7' || lpad(to_hex(k), 3, '0') || '-8000-' || lpad(to_hex(t.n), 12, '0'))::uuid,
              '${TRANSFEROR}', '${TRANSFEREE}',
              CASE WHEN t.state = 'EXECUTING' THEN 'QUEUED' ELSE 'EXCLUDED' END, t.updated_at
         FROM (SELECT id, state, updated_at, row_number() OVER (ORDER BY id) - 1 AS n FROM transfer WHERE code LIKE 'BT-%') t
        CROSS JOIN generate_series(0, ${itemsPerTransfer - 1}) k
         JOIN bench_ledger l ON l.place = (t.n % ${portfolios}) * ${itemsPerTransfer} + k;
     SET session_replication_role = origin`,
    `UPDATE customer c
        SET transfer_ids = c.transfer_ids || i.transfers,
            in_transfer = c.in_transfer OR i.is_running,
            prospective_controller_ids = CASE WHEN i.is_running THEN ARRAY['${TRANSFEREE}'::uuid] ELSE c.prospective_controller_ids END
       FROM (SELECT customer_id, array_agg(transfer_id ORDER BY transfer_id) AS transfers, bool_or(state = 'QUEUED') AS is_running
               FROM transfer_item WHERE transfer_id < '0191a000-0000-7000-8000-000000000000' GROUP BY customer_id) i
      WHERE c.id = i.customer_id`,
    // One agent of the other side has all its customers: a caller who reads a hundred of them in clear.
    `UPDATE customer SET assigned_agent_ids = assigned_agent_ids || '${TRANSFEREE_AGENT}'::uuid
      WHERE controller_id = '${TRANSFEREE}' AND NOT assigned_agent_ids @> ARRAY['${TRANSFEREE_AGENT}'::uuid]`,
    "DROP TABLE bench_ledger",
  ];
}

/** Ids of the demonstration, the same in every database. */
export const TRANSFEROR = "0192a000-0000-7000-8000-000000000101";
const TRANSFEREE = "0192a000-0000-7000-8000-000000000102";
const TRANSFEREE_AGENT = "0192a000-0000-7000-8000-000000000300";
