import type { Pool } from "pg";
import { type DecisionRecord, recordIn } from "../../src/audit/decision-record.ts";
import { eventually } from "./eventually.ts";
import type { TestServer } from "./start-test-server.ts";

/** Seals everything that was asked, and gives it in the order of the tree. */
export async function sealed(server: TestServer, atLeast = 1): Promise<DecisionRecord[]> {
  const { pool } = server.app.services.database;
  return eventually(async () => {
    await server.app.sealing.sealer.tick();
    const waiting = await pool.query("SELECT FROM decision_inbox");
    const { rows } = await pool.query<{ body: string }>(
      "SELECT body FROM decision ORDER BY tree_index",
    );
    expect(waiting.rowCount).toBe(0);
    expect(rows.length).toBeGreaterThanOrEqual(atLeast);
    return rows.map(({ body }) => recordIn(body));
  });
}

/** Where made-up records stand: far behind those that the sealer puts into the tree. */
export const MADE_UP_FROM = 1_000_000;

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
