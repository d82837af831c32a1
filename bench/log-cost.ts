import { randomBytes, randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Pool } from "pg";
import type * as auditMetricsModule from "../src/audit/audit-metrics.ts";
import type * as sealerModule from "../src/audit/sealer.ts";
import type * as embeddedServerModule from "../src/database/embedded-server.ts";
import type * as logKeysModule from "../src/database/log-keys.ts";
import type * as logLeaseModule from "../src/database/log-lease.ts";
import type * as migrateModule from "../src/database/migrate.ts";
import type * as poolModule from "../src/database/pool.ts";
import type * as sealedLogModule from "../src/database/sealed-log.ts";
import type * as openLogModule from "../src/open-log.ts";
import type * as fileMasterKeyModule from "../src/sealing/file-master-key.ts";
import type * as logKeyModule from "../src/sealing/log-key.ts";
import type { ClosedRecords, DecisionLog } from "../src/audit/decision-log.ts";
import type { Sealer } from "../src/audit/sealer.ts";
import type { OpenLog } from "../src/open-log.ts";

/**
 * What a record of the decision log costs: processor time of this process and of all of PostgreSQL, first
 * for making records durable (the writer), then for sealing them. Records are as a list of a hundred
 * customers makes them in the demonstration: fifteen a request. Nothing else runs in either.
 *
 *   node bench/log-cost.ts [--dist <folder>] [--records 20000] [--batch 1000] [--json]
 *
 * Another build is measured by its folder; measure two of them in turns.
 */
const { values: options } = parseArgs({
  options: {
    dist: { type: "string", default: join(import.meta.dirname, "../dist") },
    records: { type: "string", default: "20000" },
    batch: { type: "string", default: "1000" },
    clients: { type: "string", default: "16" },
    json: { type: "boolean", default: false },
  },
});
const RECORDS = Number(options.records);
const CLIENTS = Number(options.clients);
const WARM = 6_000;
/** Records that are made, and then written, at a time: more would be walked by the garbage collector. */
const AT_A_TIME = 1_500;
const TICKS_PER_SECOND = 100;
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
/** How many customers each record of a request covers, and whether they are part of a transfer. */
const ROWS_OF_RECORDS = [2, 7, 1, 69, 2, 1, 4, 1, 1, 1, 7, 1, 1, 1, 1];
/** As in a request, all records have the very lists of their caller. */
const ROLES = ["CS_AGENT"];
const NO_CASES: string[] = [];
const ORGANISATION = "0192a000-0000-7000-8000-000000000101";

/** A module of the build that is measured. */
async function part<Module>(path: string): Promise<Module> {
  return (await import(join(resolve(options.dist), "src", `${path}.js`))) as Module;
}

interface Spent {
  readonly nodeUs: number;
  readonly databaseUs: number;
  readonly seconds: number;
}

const folder = mkdtempSync(join(tmpdir(), "custodia-log-cost-"));
// The account that runs PostgreSQL for root has to get through.
chmodSync(folder, 0o711);
const { startEmbeddedServer } = await part<typeof embeddedServerModule>("database/embedded-server");
const server = await startEmbeddedServer({ dataDirectory: join(folder, "postgres") });
try {
  await measure();
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const { createPool } = await part<typeof poolModule>("database/pool");
  const { migrateUp } = await part<typeof migrateModule>("database/migrate");
  const pool = createPool({ url: server.url, max: 3 });
  await migrateUp(pool);
  const { log, closeLog } = await openWriter();
  const sealer = await openSealer(pool);
  const seal = async (): Promise<void> => {
    do {
      await sealer.tick();
    } while ((await pool.query("SELECT FROM decision_inbox LIMIT 1")).rowCount > 0);
  };
  await appendedBy(log, WARM);
  await seal();
  await pool.query("CHECKPOINT");
  const appended = await appendedBy(log, RECORDS);
  const records = appended.records;
  const sealed = await spentBy(seal);
  const { rows } = await pool.query("SELECT count(*)::int AS sealed FROM decision");
  if (rows[0].sealed < records + WARM) throw new Error("Not every record was sealed.");
  tell({ records, appended, sealed, bytes: await bytesOfLog(pool) });
  await closeLog();
  await sealer.stop();
  await pool.end();
}

/** Bytes of a sealed record, without indexes. */
async function bytesOfLog(pool: Pool): Promise<number> {
  const { rows } = await pool.query(
    `SELECT sum(pg_table_size(relid))::float / (SELECT count(*) FROM decision) AS bytes
       FROM pg_partition_tree('decision') WHERE isleaf`,
  );
  return Math.round(rows[0].bytes);
}

async function openWriter(): Promise<OpenLog> {
  const { openLog } = await part<typeof openLogModule>("open-log");
  const { UNMEASURED } = await part<typeof auditMetricsModule>("audit/audit-metrics");
  const config = {
    auditMaxBacklog: 1e9,
    databaseConnectTimeoutMs: 5_000,
    statementTimeoutMs: 60_000,
  };
  const parts = { config, database: { url: server.url }, metrics: UNMEASURED };
  // Nothing else of the settings and of the database is asked for.
  return openLog(parts as Parameters<typeof openLog>[0]);
}

async function openSealer(pool: Pool): Promise<Sealer> {
  const { Sealer } = await part<typeof sealerModule>("audit/sealer");
  const { UNMEASURED } = await part<typeof auditMetricsModule>("audit/audit-metrics");
  const { createSealedLog } = await part<typeof sealedLogModule>("database/sealed-log");
  const { createSealingLease } = await part<typeof logLeaseModule>("database/log-lease");
  const { beginLog } = await part<typeof logKeysModule>("database/log-keys");
  const { fileMasterKey } = await part<typeof fileMasterKeyModule>("sealing/file-master-key");
  const { openLogKey } = await part<typeof logKeyModule>("sealing/log-key");
  const masterKey = fileMasterKey({ path: join(folder, "master.key"), create: true });
  await beginLog({ pool, masterKey, name: "custodia.bench/decisions" });
  return new Sealer({
    log: createSealedLog(pool),
    lease: createSealingLease({ pool }),
    openKey: (row) => openLogKey({ masterKey, row }),
    metrics: UNMEASURED,
    logger: { error: console.error, warn: console.error, info: () => undefined },
    mostRecords: Number(options.batch),
  });
}

/** Appends so many records, or a few more; making them is not counted. */
async function appendedBy(log: DecisionLog, wanted: number): Promise<Spent & { records: number }> {
  const sum = { nodeUs: 0, databaseUs: 0, seconds: 0, records: 0 };
  while (sum.records < wanted) {
    const made = requests(AT_A_TIME);
    const spent = await spentBy(() => append(log, made));
    sum.nodeUs += spent.nodeUs;
    sum.databaseUs += spent.databaseUs;
    sum.seconds += spent.seconds;
    sum.records += made.length * ROWS_OF_RECORDS.length;
  }
  return sum;
}

/** Clients that each wait for their records before they go on. */
async function append(log: DecisionLog, made: readonly ClosedRecords[]): Promise<void> {
  const left = made[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      for (const closed of left) await log.append(closed);
    }),
  );
}

async function spentBy(work: () => Promise<void>): Promise<Spent> {
  // What making the records left behind is not collected at their cost.
  collectGarbage();
  const [database, node, began] = [databaseTicks(), process.cpuUsage(), performance.now()];
  await work();
  const { user, system } = process.cpuUsage(node);
  return {
    nodeUs: user + system,
    databaseUs: ((databaseTicks() - database) / TICKS_PER_SECOND) * 1e6,
    seconds: (performance.now() - began) / 1_000,
  };
}

/** Ticks of the server and of everything that it has started, ended or not. */
function databaseTicks(): number {
  const file = join(server.clusterFolder, "postmaster.pid");
  const postmaster = readFileSync(file, "utf8").split("\n")[0];
  let ticks = 0;
  for (const pid of readdirSync("/proc")) {
    if (!/^\d+$/.test(pid)) continue;
    let words: string[];
    try {
      const text = readFileSync(`/proc/${pid}/stat`, "utf8");
      words = text.slice(text.lastIndexOf(")") + 2).split(" ");
    } catch {
      continue;
    }
    // Counted from the state: parent, then user and system time, own and of children that ended.
    const [, parent] = words;
    const [user, system, userOfEnded, systemOfEnded] = words.slice(11, 15).map(Number);
    if (pid === postmaster) ticks += (userOfEnded ?? 0) + (systemOfEnded ?? 0);
    if (pid === postmaster || parent === postmaster) ticks += (user ?? 0) + (system ?? 0);
  }
  return ticks;
}

function tell({
  records,
  bytes,
  ...parts
}: {
  records: number;
  bytes: number;
  appended: Spent;
  sealed: Spent;
}): void {
  const of = ({ nodeUs, databaseUs, seconds }: Spent): Record<string, number> => ({
    nodeUs: Math.round((nodeUs / records) * 10) / 10,
    databaseUs: Math.round((databaseUs / records) * 10) / 10,
    recordsPerSecond: Math.round(records / seconds),
  });
  const figures = { records, bytes, appended: of(parts.appended), sealed: of(parts.sealed) };
  if (options.json) console.log(JSON.stringify(figures));
  else console.table({ appended: figures.appended, sealed: figures.sealed });
}

/** Requests with so many records, or a few more. */
function requests(records: number): ClosedRecords[] {
  return Array.from({ length: Math.ceil(records / ROWS_OF_RECORDS.length) }, request);
}

function request(): ClosedRecords {
  const id = randomUUID();
  const at = new Date().toISOString();
  const state = "ZKfyuiUO7lG8_UbpuO8T1BFQ8YQxaYKZNXqtaKD-UEU";
  const records = ROWS_OF_RECORDS.map((rows, place) => ({
    v: 1 as const,
    id: idOfNow(),
    at,
    request: id,
    operation: { name: null, digest: "7af0fc74379c0466c5e5a65a927c4652" },
    action: "READ" as const,
    type: "Customer",
    caller: {
      id: "0192a000-0000-7000-8000-000000000200",
      organisationId: ORGANISATION,
      roles: ROLES,
      caseCodes: NO_CASES,
      tokenId: "8d86511d-aad8-46a0-899a-d859aa2750ed",
      state,
    },
    purpose: "SERVICE_DELIVERY",
    policyVersion: "7c8014f24d4d5646c3811e1a467a43a2ebe7dc1d2218b756b28b2a2df92226c3",
    lawPack: "ff981af00727",
    concerned: [ORGANISATION],
    transfers: rows < 7 ? ["0192a000-0000-7000-8000-000000000711"] : [],
    verdicts: verdictsOf(place),
    rows: {
      count: rows,
      ids: [],
      customers: Array.from({ length: rows }, () => randomUUID()),
      circumstances: Array.from({ length: rows }, () => randomBytes(12).toString("base64url")),
      own: [],
    },
    clear: place < 11 ? ("SENSITIVE" as const) : null,
    refusal: null,
    about: null,
  }));
  return { records, caller: { digest: state, text: "{}" }, isAwaited: true };
}

type Verdicts = ClosedRecords["records"][number]["verdicts"];

function verdictsOf(place: number): Verdicts {
  const name = {
    fields: ["fullName"],
    disclosure: "CLEAR" as const,
    reason: null,
    rule: "cs-agent/no-case",
    stage: null,
    under: [],
  };
  if (place >= 11) return [name];
  const fields = ["email", "phone", "purchaseTotal", "region"];
  const clear = { ...name, fields, rule: "cs-agent/assigned-case" };
  const number = {
    ...clear,
    fields: ["idNumber"],
    disclosure: "PARTIAL" as const,
    reason: "CLASS_SENSITIVE",
  };
  return [name, clear, number];
}

/** A UUID of version 7: ids of records begin with their time. */
function idOfNow(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
