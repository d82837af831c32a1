import type { Pool } from "pg";
import type { HeldPeriod } from "./decision-retention.ts";

/**
 * The times that audits look at which have not ended: no decision of them goes before they do. A day
 * more on either side, since a decision is sealed after it was made and days begin elsewhere earlier.
 */
export async function auditedPeriods(database: Pool): Promise<HeldPeriod[]> {
  const { rows } = await database.query<{ from: Date; to: Date }>(
    `SELECT (period_from - 1)::timestamptz AS "from", (period_to + 2)::timestamptz AS "to"
       FROM audit_engagement WHERE state <> 'CLOSED'`,
  );
  return rows;
}
