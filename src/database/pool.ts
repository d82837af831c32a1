import pg from "pg";

/** Where to connect, and for how long anything may take. */
export interface PoolOptions {
  readonly url: string;
  /** Connections at most; further work waits for one. */
  readonly max?: number;
  /** Milliseconds to wait for a connection, new or free. `pg` itself would wait for ever. */
  readonly connectTimeoutMs?: number;
  /** Milliseconds that a statement may run. */
  readonly statementTimeoutMs?: number;
  /** Milliseconds that a statement may wait for a lock. */
  readonly lockTimeoutMs?: number;
  /** Milliseconds that a transaction may sit idle before the server ends it and frees its locks. */
  readonly idleInTransactionTimeoutMs?: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName?: string;
  /** Hears of connections that the server closed; the pool opens new ones by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

/**
 * A pool that survives a restart of the server. Without a listener of our own, an error on a
 * connection that nobody uses, or that is lent out, would end the process.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const { onConnectionLost = () => undefined } = options;
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    statement_timeout: options.statementTimeoutMs ?? 10_000,
    lock_timeout: options.lockTimeoutMs ?? 5_000,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? 30_000,
    application_name: options.applicationName ?? "custodia",
    keepAlive: true,
  });
  pool.on("error", onConnectionLost);
  pool.on("connect", (client) => client.on("error", onConnectionLost));
  return pool;
}
