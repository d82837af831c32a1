import type { Pool } from "pg";
import { ask } from "./ask.ts";

/** An organisation that answers for customers now. */
export interface LedgerOwner {
  readonly id: string;
  readonly code: string;
}

const OWNERS = `
  SELECT id, code FROM organisation o
   WHERE EXISTS (SELECT FROM customer c WHERE c.controller_id = o.id)
   ORDER BY code`;

/** The organisations with a ledger, for an operator who asks about all of them. */
export async function ledgerOwners(pool: Pool): Promise<LedgerOwner[]> {
  const { rows } = await ask<{ id: string; code: string }>(pool, {
    name: "ledger-owners",
    text: OWNERS,
  });
  return rows;
}
