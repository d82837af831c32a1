// How large a bundle of evidence is, how long it takes to make, give and verify, and in how much memory.
//   npm run build && node_modules/.bin/node bench/evidence.ts 1000 100000 1000000
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createWriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { randomBytes } from "node:crypto";
import { startServer, stopServers } from "./run/children.ts";
// @ts-ignore built from src, not there for the type checker
import { runningEmbeddedServer } from "../dist/src/database/embedded-server.js";
// @ts-ignore
import { createPool } from "../dist/src/database/pool.js";
// @ts-ignore
import { createSealedLog } from "../dist/src/database/sealed-log.js";
// @ts-ignore
import { createSealingLease } from "../dist/src/database/log-lease.js";
// @ts-ignore
import { beginLog } from "../dist/src/database/log-keys.js";
// @ts-ignore
import { Sealer } from "../dist/src/audit/sealer.js";
// @ts-ignore
import { UNMEASURED } from "../dist/src/audit/audit-metrics.js";
// @ts-ignore
import { canonicalText } from "../dist/src/audit/decision-record.js";
// @ts-ignore
import { fileMasterKey } from "../dist/src/sealing/file-master-key.js";
// @ts-ignore
import { openLogKey } from "../dist/src/sealing/log-key.js";

const UNREAD = [
  "facets",
  "subjects",
  "concerned",
  "transfers",
  "principal",
  "operation_request",
  "recorded",
  "purpose",
  "policy",
];
/** A demo token is good for longer. */
const TOKEN_MS = 120_000;
let token = { text: "", at: -TOKEN_MS };
const SIZES = process.argv.slice(2).map(Number);
const AUDIT = "0192a000-0000-7000-8000-00000000b003";
const ORGANISATION = "0192a000-0000-7000-8000-000000000001";
const here = import.meta.dirname;
const cli = join(here, "../dist/src/cli.js");
const python = join(here, "../scripts/verify-evidence.py");

const dataDir = mkdtempSync(join(tmpdir(), "custodia-evidence-bench-"));
chmodSync(dataDir, 0o711);
const env = {
  ...process.env,
  DATA_DIR: dataDir,
  PORT: "0",
  LOG_LEVEL: "silent",
  RATE_LIMIT_PER_MINUTE: "100000000",
};
const server = await startServer([cli, "serve"], env);
try {
  await measure();
} finally {
  await stopServers();
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const url = server.address;
  const { url: database } = runningEmbeddedServer(join(dataDir, "postgres"));
  const pool = createPool({ url: database, max: 4, statementTimeoutMs: 600_000 });
  const masterKey = fileMasterKey({ path: join(dataDir, "keys", "master.key"), create: false });
  await beginLog({ pool, masterKey, name: "custodia.bench/decisions" });
  // They are searched by at the desk; no export reads them, and to fill them takes most of the time.
  for (const index of UNREAD) await pool.query(`drop index if exists decision_${index}`);
  const organisation = await pool.query("select id from organisation where code = 'transferor'");
  const own: string = organisation.rows[0]?.id ?? ORGANISATION;
  const sealer = new Sealer({
    log: createSealedLog(pool),
    lease: createSealingLease({ pool }),
    openKey: (row: object) => openLogKey({ masterKey, row }),
    metrics: UNMEASURED,
    logger: { error: console.error, warn: console.error, info: () => undefined },
    mostRecords: 5_000,
  });
  let there = 0;
  for (const size of SIZES) {
    const began = performance.now();
    for (; there < size; there += Math.min(5_000, size - there)) {
      const records = Array.from({ length: Math.min(5_000, size - there) }, () => recordOf(own));
      await pool.query(
        "insert into decision_inbox (id, body) select * from unnest($1::uuid[], $2::text[])",
        [records.map(({ id }) => id), records.map((record) => canonicalText(record))],
      );
    }
    for (;;) {
      await sealer.tick();
      const { rows } = await pool.query("select count(*)::int as waiting from decision_inbox");
      if (rows[0].waiting === 0) break;
    }
    await pool.query("vacuum analyze decision");
    console.error(`${size} records sealed in ${seconds(began)} s`);
    console.log(JSON.stringify({ records: size, ...(await once(url, size)) }));
  }
  await pool.end();
}

async function once(url: string, size: number): Promise<object> {
  resetPeak(server.pid);
  const asked = performance.now();
  const { exportEvidence } = await ask(
    url,
    `mutation { exportEvidence(input: { engagementId: "${AUDIT}" }) { export { id } } }`,
  );
  const { id } = exportEvidence.export;
  let state = "PREPARING";
  let bytes = 0;
  while (state === "PREPARING") {
    await pause(200);
    ({ state, bytes } = (
      await ask(url, `{ evidenceExport(id: "${id}") { state bytes records } }`)
    ).evidenceExport);
  }
  const preparing = { s: seconds(asked), peakMb: peakMb(server.pid) };
  const path = join(dataDir, `${size}.tar`);
  resetPeak(server.pid);
  await headers();
  const downloading = performance.now();
  const response = await fetch(`${url}/audit/evidence/${id}`, { headers: await headers() });
  await pipeline(response.body as never, createWriteStream(path));
  const download = { s: seconds(downloading), peakMb: peakMb(server.pid) };
  const resuming = performance.now();
  const last = await fetch(`${url}/audit/evidence/${id}`, {
    headers: { ...(await headers()), range: `bytes=${Math.floor(bytes * 0.9)}-` },
  });
  await last.body?.getReader().read();
  const firstByteAt90Ms = Math.round(performance.now() - resuming);
  await last.body?.cancel().catch(() => undefined);
  const ours = await timed(process.execPath, [cli, "audit", "verify", path]);
  const theirs = await timed("python3", [python, path]);
  const packed = statSync(path).size;
  rmSync(path);
  return { state, bytes: packed, preparing, download, firstByteAt90Ms, ours, python: theirs };
}

async function timed(command: string, words: string[]): Promise<object> {
  const began = performance.now();
  const child = spawn(command, words, { stdio: ["ignore", "pipe", "inherit"] });
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, peakMb(child.pid))), 20);
  child.stdout.resume();
  const code = await new Promise((end) => child.once("exit", end));
  clearInterval(timer);
  return { s: seconds(began), peakMb: peak, code };
}

function recordOf(own: string): Record<string, unknown> & { id: string } {
  const customers = Array.from({ length: 3 }, uuid);
  return {
    v: 1,
    id: uuid7(),
    at: "2026-11-20T09:00:00.000Z",
    request: randomBytes(12).toString("hex"),
    operation: { name: "CustomerList", digest: randomBytes(16).toString("hex") },
    action: "READ",
    type: "Customer",
    caller: {
      id: uuid(),
      organisationId: own,
      roles: ["CS_AGENT"],
      caseCodes: [],
      tokenId: uuid(),
      state: "none",
    },
    purpose: "SERVICE_DELIVERY",
    policyVersion: "0".repeat(64),
    lawPack: "0".repeat(64),
    concerned: [own],
    transfers: [],
    verdicts: [
      {
        fields: ["fullName", "phone"],
        disclosure: "CLEAR",
        reason: null,
        rule: "cs-agent/assigned",
        stage: null,
        under: [],
      },
      {
        fields: ["idNumber"],
        disclosure: "PARTIAL",
        reason: "ROLE_LIMIT",
        rule: "cs-agent/identity",
        stage: null,
        under: [],
      },
    ],
    rows: {
      count: 3,
      ids: [],
      customers,
      circumstances: customers.map(() => randomBytes(12).toString("base64url")),
      own: [],
    },
    clear: "SENSITIVE",
    refusal: null,
    about: null,
  };
}

function uuid(): string {
  const hex = randomBytes(16).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function uuid7(): string {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${uuid().slice(15)}`;
}

async function headers(): Promise<Record<string, string>> {
  if (performance.now() - token.at > TOKEN_MS) {
    const words = [cli, "token", "internal-auditor"];
    const { stdout } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
    token = { text: stdout.trim(), at: performance.now() };
  }
  return { authorization: `Bearer ${token.text}` };
}

// oxlint-disable-next-line typescript/no-explicit-any -- each document says what its answer looks like
async function ask(url: string, query: string): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { ...(await headers()), "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const body = (await response.json()) as { data?: unknown };
  if (!body.data) throw new Error(JSON.stringify(body));
  return body.data;
}

function resetPeak(pid: number | undefined): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

function peakMb(pid: number | undefined): number {
  try {
    const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Math.round(Number(kib ?? 0) / 1024);
  } catch {
    return 0;
  }
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 10) / 100;
}
