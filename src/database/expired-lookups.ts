import type { Pool } from "pg";

/** Rows under which nothing was spent for this long hold nobody up any more. */
const IDLE_DAYS = 30;

/**
 * Forgets what was looked up before the longest window of its budget. Alerts stay.
 *
 * @param now UTC
 * @returns how many values were forgotten
 */
export async function forgetExpiredLookups({
  database,
  now,
}: {
  database: Pool;
  now: Date;
}): Promise<number> {
  const { rowCount } = await database.query("DELETE FROM lookup_seen WHERE expires_at <= $1", [
    now,
  ]);
  // Whoever spends at this moment has its row locked, and is seen to have spent once it is free.
  await database.query(
    "DELETE FROM lookup_budget WHERE spent_at < $1::timestamptz - $2::interval",
    [now, `${IDLE_DAYS} days`],
  );
  return rowCount ?? 0;
}
