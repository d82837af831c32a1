import type { Pool, PoolClient } from "pg";

/** How long whoever holds a connection has to give it back after the server ended it. */
const GRACE_MS = 500;

/**
 * Takes back connections that the server ended while they were lent. Kysely, below the ORM, gives
 * the connection of a transaction back after a rollback that worked, which on a lost one never
 * does: each would stay lent, until the pool has none left and can't be closed either.
 */
export function reclaimLostConnections(pool: Pool): void {
  const lent = new Set<PoolClient>();
  pool.on("acquire", (client) => void lent.add(client));
  pool.on("release", (_error, client) => void lent.delete(client));
  pool.on("connect", (client) => {
    client.once("end", () => {
      const reclaim = (): void => {
        if (lent.has(client)) client.release(true);
      };
      setTimeout(reclaim, GRACE_MS);
    });
  });
}
