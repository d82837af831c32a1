import pg from "pg";
import type { DataSize } from "../lib/options.ts";
import { runProduct } from "../run/product.ts";
import type { Cluster } from "./cluster.ts";
import { transferStatements } from "./fill-transfers.ts";
import { peerStatements } from "./peer-views.ts";

/** A database as it was filled, which nobody changes. */
export interface FilledDatabase {
  readonly name: string;
  readonly size: DataSize;
  /** Rows and bytes as they were counted. */
  readonly counted: Readonly<Record<string, number>>;
}

/** Raised when what is filled changes, so that no older one is taken for it. */
const FORM = 5;

/** The database of a size: the one that the cluster holds, or a new one. */
export async function filledDatabase(
  cluster: Cluster,
  { size, onProgress }: { size: DataSize; onProgress: (line: string) => void },
): Promise<FilledDatabase> {
  const { customers, transfers, itemsPerTransfer } = size;
  const name = `filled_${FORM}_${customers}_${transfers}_${itemsPerTransfer}`;
  if (!(await cluster.has(name))) {
    await cluster.run(`DROP DATABASE IF EXISTS ${name}_now WITH (FORCE)`);
    await cluster.run(`CREATE DATABASE ${name}_now`);
    await fill(cluster, { database: `${name}_now`, size, onProgress });
    await cluster.run(`ALTER DATABASE ${name}_now RENAME TO ${name}`);
  }
  const [counted] = await cluster.run(
    `SELECT (SELECT count(*) FROM customer)::int AS customers, (SELECT count(*) FROM transfer)::int AS transfers,
            (SELECT count(*) FROM transfer_item)::int AS items, pg_database_size(current_database())::float8 AS bytes`,
    name,
  );
  return { name, size, counted: (counted ?? {}) as Record<string, number> };
}

/** A database to work on: a copy that was never asked anything. */
export async function copyOf(cluster: Cluster, filled: string, name: string): Promise<string> {
  await dropDatabase(cluster, name);
  await cluster.run(`CREATE DATABASE ${name} TEMPLATE ${filled} STRATEGY FILE_COPY`);
  return cluster.urlOf(name);
}

/** Drops a database of a run, whoever is still connected to it. */
export async function dropDatabase(cluster: Cluster, name: string): Promise<void> {
  await cluster.run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function fill(
  cluster: Cluster,
  {
    database,
    size,
    onProgress,
  }: { database: string; size: DataSize; onProgress: (line: string) => void },
): Promise<void> {
  const url = cluster.urlOf(database);
  const start = performance.now();
  const env = { ...process.env, DATA_DIR: cluster.dataDir, DATABASE_URL: url };
  onProgress(`filling ${size.customers} customers, ${size.transfers} transfers …`);
  onProgress(await runProduct(["seed", "--customers", String(size.customers)], env));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of [...transferStatements(size), ...peerStatements()])
      await client.query(statement);
    await client.query("VACUUM (FULL, ANALYZE) customer");
    await client.query("VACUUM ANALYZE");
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
  onProgress(`filled in ${((performance.now() - start) / 1_000).toFixed(0)} s`);
}
