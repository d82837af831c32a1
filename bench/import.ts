import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";

import { parseArgs, promisify } from "node:util";
import { writeMadeUpLedger } from "./made-up-ledger.ts";
import { serverTimeMs, TELL_TIME, toldTimeMs } from "./processor-time.ts";

/*
 * Rows per second of `custodia import`, sealing and all, and what a row costs the processor: of the command,
 * threads included, and of PostgreSQL. Run after `npm run build`:
 *   node bench/import.ts --rows 100000 --rounds 3 --json
 *   node bench/import.ts --against ../another-checkout    the same of another build, in turns
 * The floor is COPY of the finished rows from a file of the server's own into the same tables, with their
 * indexes, keys and triggers: no import into these tables can be faster on one connection.
 */

const { values: asked } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    rounds: { type: "string", default: "3" },
    against: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const ROWS = Number(asked.rows);
const here = join(import.meta.dirname, "..");
const builds = { this: here, ...(asked.against !== undefined && { against: asked.against }) };
const run = promisify(execFile);
const { Pool } = createRequire(join(here, "package.json"))("pg");
const { startEmbeddedServer } = await import(join(here, "dist/src/database/embedded-server.js"));

/** One import, or one COPY of what an import made. Times in microseconds of processor time per row. */
interface Figures {
  readonly rowsPerSecond: number;
  readonly nodeUs: number;
  readonly postgresUs: number;
}

const folder = mkdtempSync(join(tmpdir(), "custodia-bench-import-"));
// The account that runs PostgreSQL for root has to get through.
chmodSync(folder, 0o711);
const server = await startEmbeddedServer({ dataDirectory: join(folder, "postgres") });
const admin = new Pool({ connectionString: server.url, max: 1 });
const TABLES = ["customer", "customer_key", "customer_event"];
const fileOf = (table: string): string => join(server.clusterFolder, `bench-${table}`);
try {
  tell(await measure());
} finally {
  await admin.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<Record<string, Figures[]>> {
  const ledger = join(folder, "ledger.csv");
  const nobody = join(folder, "nobody.csv");
  await writeMadeUpLedger({ path: ledger, rows: ROWS });
  await writeMadeUpLedger({ path: nobody, rows: 1 });
  const figures: Record<string, Figures[]> = { floor: [] };
  for (let round = 0; round < Number(asked.rounds); round += 1) {
    for (const [name, root] of Object.entries(builds)) {
      const start = await inDatabase(root, (url) => importOf({ root, url, ledger: nobody }));
      const whole = await inDatabase(root, async (url) => {
        const found = await importOf({ root, url, ledger });
        if (name === "this" && round === 0) await keepRows(url);
        return found;
      });
      (figures[name] ??= []).push({
        rowsPerSecond: whole.rows / whole.seconds,
        nodeUs: ((whole.nodeMs - start.nodeMs) * 1_000) / whole.rows,
        postgresUs: ((whole.postgresMs - start.postgresMs) * 1_000) / whole.rows,
      });
    }
    figures["floor"]?.push(await inDatabase(here, floor));
  }
  return figures;
}

interface Import {
  readonly rows: number;
  readonly seconds: number;
  readonly nodeMs: number;
  readonly postgresMs: number;
}

async function importOf(of: { root: string; url: string; ledger: string }): Promise<Import> {
  const { root, url, ledger } = of;
  const report = join(folder, `report-${randomUUID()}.csv`);
  const words = ["import", ledger, "--organisation", "bench", "--report", report];
  const before = serverTimeMs(server.clusterFolder);
  const { stdout, stderr } = await custodia({ root, url, words });
  const postgresMs = serverTimeMs(server.clusterFolder) - before;
  const [, rows = "", seconds = ""] =
    /ACCEPTED +([\d,]+)[^]* rows in ([\d.]+) s/.exec(stdout) ?? [];
  return {
    rows: Number(rows.replaceAll(",", "")),
    seconds: Number(seconds),
    nodeMs: toldTimeMs(stderr),
    postgresMs,
  };
}

/** Runs a command of a build; exit code 2 says that made-up rows were refused, as some are. */
async function custodia(of: {
  root: string;
  url: string;
  words: readonly string[];
}): Promise<{ stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: of.url,
    DATA_DIR: folder,
    MASTER_KEY_FILE: join(folder, "master.key"),
  };
  const words = [TELL_TIME, join(of.root, "dist/src/cli.js"), ...of.words];
  try {
    return await run(process.execPath, words, { env, cwd: folder });
  } catch (error) {
    const failed = error as { code: number; stdout: string; stderr: string };
    if (failed.code === 2) return failed;
    throw error;
  }
}

/** Lends a database with the tables of a build and one organisation. */
async function inDatabase<Result>(
  root: string,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  await admin.query("CREATE DATABASE bench_import");
  const url = server.url.replace(/\/postgres$/, "/bench_import");
  try {
    await custodia({ root, url, words: ["migrate"] });
    await withPool(url, (pool) =>
      pool.query("INSERT INTO organisation (id, code, name) VALUES ($1, 'bench', 'bench')", [
        randomUUID(),
      ]),
    );
    // Otherwise the writing of one run falls into the next.
    await admin.query("CHECKPOINT");
    return await work(url);
  } finally {
    await admin.query("DROP DATABASE bench_import");
  }
}

async function keepRows(url: string): Promise<void> {
  await withPool(url, async (pool) => {
    for (const table of TABLES)
      await pool.query(
        `COPY ${table} (${await columnsOf(pool, table)}) TO '${fileOf(table)}' (FORMAT binary)`,
      );
  });
}

async function floor(url: string): Promise<Figures> {
  return withPool(url, async (pool) => {
    const texts: string[] = [];
    for (const table of TABLES)
      texts.push(
        `COPY ${table} (${await columnsOf(pool, table)}) FROM '${fileOf(table)}' (FORMAT binary)`,
      );
    const before = serverTimeMs(server.clusterFolder);
    const start = performance.now();
    await pool.query(`BEGIN; ${texts.join("; ")}; COMMIT`);
    const seconds = (performance.now() - start) / 1_000;
    const postgresMs = serverTimeMs(server.clusterFolder) - before;
    const { rows } = await pool.query("SELECT count(*)::int AS count FROM customer");
    const count = rows[0].count as number;
    return {
      rowsPerSecond: count / seconds,
      nodeUs: 0,
      postgresUs: (postgresMs * 1_000) / count,
    };
  });
}

/** Columns that a row brings: not those that PostgreSQL reckons itself. */
async function columnsOf(pool: typeof admin, table: string): Promise<string> {
  const { rows } = await pool.query(
    `SELECT string_agg(attname, ', ' ORDER BY attnum) AS columns FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return rows[0].columns as string;
}

async function withPool<Result>(
  url: string,
  work: (pool: typeof admin) => Promise<Result>,
): Promise<Result> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

function tell(figures: Record<string, Figures[]>): void {
  const medians = Object.fromEntries(
    Object.entries(figures).map(([name, rounds]) => [name, medianOf(rounds)]),
  );
  const machine = { processors: cpus().length, model: cpus()[0]?.model, loadAverage: loadavg() };
  const ratioToFloor =
    (medians["this"]?.rowsPerSecond ?? 0) / (medians["floor"]?.rowsPerSecond ?? 0);
  if (asked.json) {
    console.log(JSON.stringify({ rows: ROWS, machine, ratioToFloor, medians, rounds: figures }));
    return;
  }
  for (const [name, { rowsPerSecond, nodeUs, postgresUs }] of Object.entries(medians))
    console.log(
      `${name.padEnd(8)} ${Math.round(rowsPerSecond)} rows/s; per row ${Math.round(nodeUs)} µs of Node, ${Math.round(postgresUs)} µs of PostgreSQL`,
    );
  console.log(`${ratioToFloor.toFixed(2)} of the floor; load ${loadavg()[0]?.toFixed(1)}`);
}

function medianOf(rounds: readonly Figures[]): Figures {
  const middle = (of: (figures: Figures) => number): number =>
    rounds.map(of).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN;
  return {
    rowsPerSecond: middle(({ rowsPerSecond }) => rowsPerSecond),
    nodeUs: middle(({ nodeUs }) => nodeUs),
    postgresUs: middle(({ postgresUs }) => postgresUs),
  };
}
