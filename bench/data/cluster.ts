import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { databaseCpuUs } from "../run/database-cpu.ts";
import { productModule } from "../run/product.ts";

/** One PostgreSQL, with as many databases as are wanted. */
export interface Cluster {
  /** `DATA_DIR` of everything that is started: it holds the keys. */
  readonly dataDir: string;
  urlOf(database: string): string;
  run(sql: string, database?: string): Promise<Record<string, unknown>[]>;
  has(database: string): Promise<boolean>;
  /** Microseconds of CPU that its processes have used. */
  cpuUs(): number;
  close(): Promise<void>;
}

interface Embedded {
  startEmbeddedServer: (options: {
    dataDirectory: string;
  }) => Promise<{ url: string; clusterFolder: string; stop: () => Promise<void> }>;
}

/** Starts the product's embedded PostgreSQL in a folder, or in one that goes when it is closed. */
export async function openCluster(keptIn: string | null): Promise<Cluster> {
  const dataDir = keptIn ?? mkdtempSync(join(tmpdir(), "custodia-bench-"));
  mkdirSync(dataDir, { recursive: true });
  // The account that runs PostgreSQL for root has to get through.
  chmodSync(dataDir, 0o711);
  const { startEmbeddedServer } = (await productModule(
    "database/embedded-server.js",
  )) as unknown as Embedded;
  const server = await startEmbeddedServer({ dataDirectory: join(dataDir, "postgres") });
  const postmaster = Number.parseInt(
    readFileSync(join(server.clusterFolder, "postmaster.pid"), "utf8"),
    10,
  );
  const urlOf = (database: string): string => {
    const url = new URL(server.url);
    url.pathname = `/${database}`;
    return url.href;
  };
  const run = async (sql: string, database = "postgres"): Promise<Record<string, unknown>[]> => {
    const client = new pg.Client({ connectionString: urlOf(database) });
    await client.connect();
    try {
      const result = (await client.query(sql)) as unknown as pg.QueryResult | pg.QueryResult[];
      return (Array.isArray(result) ? result.at(-1)?.rows : result.rows) ?? [];
    } finally {
      await client.end();
    }
  };
  return {
    dataDir,
    urlOf,
    run,
    has: async (database) =>
      (await run(`SELECT 1 FROM pg_database WHERE datname = '${database}'`)).length > 0,
    cpuUs: () => databaseCpuUs(postmaster),
    close: async () => {
      await server.stop();
      if (keptIn === null) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
