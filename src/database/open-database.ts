import { join } from "node:path";
import type { Pool } from "pg";
import { BootError } from "../lib/boot-error.ts";
import { runningEmbeddedServer, startEmbeddedServer } from "./embedded-server.ts";
import { createPool } from "./pool.ts";

/** A database that is open, wherever it runs. */
export interface OpenDatabase {
  readonly pool: Pool;
  readonly url: string;
  /** True where the server is ours and lives in the data folder. */
  readonly isEmbedded: boolean;
  /** Resolves when the database answers. */
  check(): Promise<unknown>;
  /** Ends the connections, and the server where this process started it. */
  close(): Promise<void>;
}

/** What opening needs of the settings. */
export interface DatabaseSettings {
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly databasePoolMax: number;
  readonly databaseConnectTimeoutMs: number;
  readonly statementTimeoutMs: number;
}

/**
 * Opens the database that the settings name, or the embedded one: started by this process, or
 * shared with the process on this machine that runs it already.
 *
 * @param mayShare for commands beside a running server; a server of its own wants its own database
 * @param onStarting called when the embedded server has been set going, and is not ready yet
 */
export async function openDatabase(
  settings: DatabaseSettings,
  { mayShare, onStarting }: { mayShare: boolean; onStarting?: () => void },
): Promise<OpenDatabase> {
  const { url, isEmbedded, stop } = await locate(settings, { mayShare, onStarting });
  const pool = createPool({
    url,
    max: settings.databasePoolMax,
    connectTimeoutMs: settings.databaseConnectTimeoutMs,
    statementTimeoutMs: settings.statementTimeoutMs,
  });
  await assertReachable(pool, stop);
  return {
    pool,
    url,
    isEmbedded,
    check: () => pool.query("select 1"),
    close: async () => {
      await pool.end();
      await stop();
    },
  };
}

/** @throws BootError with the cause in a word, and never the address, which may hold a password */
async function assertReachable(pool: Pool, stop: () => Promise<void>): Promise<void> {
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    await stop();
    const { code } = Object(error) as { code?: string };
    throw new BootError(
      `The database can't be reached (${code ?? "no answer"}): check DATABASE_URL.`,
    );
  }
}

async function locate(
  { databaseUrl, dataDir }: DatabaseSettings,
  { mayShare, onStarting }: { mayShare: boolean; onStarting: (() => void) | undefined },
): Promise<{ url: string; isEmbedded: boolean; stop: () => Promise<void> }> {
  const keepRunning = (): Promise<void> => Promise.resolve();
  if (databaseUrl !== null) return { url: databaseUrl, isEmbedded: false, stop: keepRunning };
  const dataDirectory = join(dataDir, "postgres");
  const running = mayShare ? runningEmbeddedServer(dataDirectory) : undefined;
  if (running !== undefined) return { url: running.url, isEmbedded: true, stop: keepRunning };
  const server = await startEmbeddedServer({ dataDirectory, onStarting });
  return { url: server.url, isEmbedded: true, stop: () => server.stop() };
}
