import type { Pool } from "pg";
import type { DecisionRecord } from "../../src/audit/decision-record.ts";
import { sealInbox } from "./decision-seed.ts";
import { eventually } from "./eventually.ts";
import type { TestServer } from "./start-test-server.ts";

/** Waits until everything that was asked is durable, and seals it. */
export async function sealed(server: TestServer, atLeast = 1): Promise<DecisionRecord[]> {
  const { pool } = server.app.services.database;
  await eventually(async () => {
    const { rows } = await pool.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM decision_inbox",
    );
    expect(rows[0]?.n).toBeGreaterThanOrEqual(atLeast);
  });
  return sealInbox(pool);
}

/** Ids of customers of the demonstration. */
export const ZHANG = "0192a000-0000-7000-8000-000000000501";
export const OUYANG = "0192a000-0000-7000-8000-000000000503";
/** Organisations of the demonstration. */
export const TRANSFEROR = "0192a000-0000-7000-8000-000000000101";

/** Leaves the tombstone of a customer. */
export async function destroy(pool: Pool, customerId: string): Promise<void> {
  await pool.query(
    `UPDATE customer SET state = 'DESTROYED', full_name = NULL, phone = NULL, email = NULL, address = NULL,
            id_number_sealed = NULL, bank_account_sealed = NULL, health_status_sealed = NULL
      WHERE id = $1`,
    [customerId],
  );
}
