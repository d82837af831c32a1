import type { Pool } from "pg";
import { v7 as newId } from "uuid";
import type { SealingLease } from "../audit/sealed-log.ts";

/** Milliseconds after which a holder that is not heard of any more has lost it. */
const LEASE_MS = 3_000;

/**
 * The lease on sealing. Its times are those of the database's clock. Where that was set back, a lease
 * that reaches further ahead than any can is one of the time before, and counts for nothing.
 */
export function createSealingLease({
  pool,
  holder = newId(),
  leaseMs = LEASE_MS,
}: {
  pool: Pool;
  /** UUID of this process. */
  holder?: string;
  leaseMs?: number;
}): SealingLease {
  let heldUntil = Number.NEGATIVE_INFINITY;
  return {
    take: async () => {
      const asked = performance.now();
      // A renewal costs a commit, so it is not asked for at every tick.
      if (asked < heldUntil - (leaseMs * 2) / 3) return true;
      const { rowCount } = await pool.query({
        name: "log_lease_take",
        text: `INSERT INTO log_lease AS held (holder, epoch, expires_at)
               VALUES ($1, 1, clock_timestamp() + $2::interval)
               ON CONFLICT (one) DO UPDATE
                  SET holder = $1, expires_at = excluded.expires_at,
                      epoch = held.epoch + (held.holder <> $1)::int
                WHERE held.holder = $1
                   OR held.expires_at NOT BETWEEN clock_timestamp() AND clock_timestamp() + $2::interval`,
        values: [holder, `${leaseMs} milliseconds`],
      });
      heldUntil = rowCount === 1 ? asked + leaseMs : Number.NEGATIVE_INFINITY;
      return rowCount === 1;
    },
    release: async () => {
      heldUntil = Number.NEGATIVE_INFINITY;
      await pool.query("UPDATE log_lease SET expires_at = '-infinity' WHERE holder = $1", [holder]);
    },
  };
}
