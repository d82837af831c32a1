import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer, stopServers } from "./run/children.ts";

/**
 * What the decision log costs a request: the product with it and without it, on one database, in turns
 * (A B A B …). Prints requests per second, p50 and p99 of both and their ratios, and how many records the
 * log took and sealed meanwhile.
 */
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 5);
const CONNECTIONS = 16;
const here = import.meta.dirname;

const WORKLOADS = {
  "one customer, PUBLIC": {
    caller: ["cs-agent", "SERVICE_DELIVERY"],
    query: '{ customer(id: "0192a000-0000-7000-8000-000000000501") { fullName phone } }',
  },
  "one customer, PRIVATE in clear": {
    caller: ["data-subject", "SELF_ACCESS"],
    query: '{ customer(id: "0192a000-0000-7000-8000-000000000501") { phone healthStatus } }',
  },
  "100 customers, SENSITIVE in clear": {
    caller: ["cs-agent", "SERVICE_DELIVERY"],
    query:
      "{ customers(first: 100) { nodes { fullName phone email region purchaseTotal idNumber } } }",
  },
} as const;

if (!existsSync(join(here, "node_modules")))
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: here, stdio: "inherit" });
const dataDir = mkdtempSync(join(tmpdir(), "custodia-bench-log-"));
// The account that runs PostgreSQL for root has to get through.
chmodSync(dataDir, 0o711);
try {
  await measure();
} finally {
  await stopServers();
  rmSync(dataDir, { recursive: true, force: true });
}

interface Figures {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

async function measure(): Promise<void> {
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: "0",
    LOG_LEVEL: "silent",
    RATE_LIMIT_PER_MINUTE: "100000000",
  };
  const cli = join(here, "../dist/src/cli.js");
  const { address: withLog } = await startServer([cli, "serve"], env);
  const { runningEmbeddedServer } = await import("../dist/src/database/embedded-server.js");
  const { url } = runningEmbeddedServer(join(dataDir, "postgres"));
  const bare = { ...env, DATABASE_URL: url, AUDIT_SEALER: "off" };
  const { address: without } = await startServer([join(here, "serve-without-log.ts")], bare);
  for (const [name, { caller, query }] of Object.entries(WORKLOADS)) {
    const [who, purpose] = caller;
    const words = [cli, "token", who, "--purpose", purpose];
    const token = execFileSync(process.execPath, words, { env, encoding: "utf8" }).trim();
    const target = (address: string): object => ({
      url: `${address}/graphql`,
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const figures: { readonly on: Figures[]; readonly off: Figures[] } = { on: [], off: [] };
    await load(target(without), 2);
    await load(target(withLog), 2);
    for (let round = 0; round < ROUNDS; round += 1) {
      figures.off.push(await load(target(without), SECONDS));
      figures.on.push(await load(target(withLog), SECONDS));
    }
    const [off, on] = [medians(figures.off), medians(figures.on)];
    console.log(`${name}`);
    console.log(`  without the log  ${inWords(off)}`);
    console.log(`  with the log     ${inWords(on)}`);
    console.log(
      `  ratio            ${(on.rate / off.rate).toFixed(2)} of the requests, p50 × ${(on.p50 / off.p50).toFixed(2)}, p99 × ${(on.p99 / off.p99).toFixed(2)}`,
    );
  }
}

function inWords({ rate, p50, p99 }: Figures): string {
  return `${Math.round(rate)} requests/s, p50 ${p50} ms, p99 ${p99} ms`;
}

function medians(rounds: readonly Figures[]): Figures {
  const of = (part: keyof Figures): number =>
    rounds.map((one) => one[part]).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? NaN;
  return { rate: of("rate"), p50: of("p50"), p99: of("p99") };
}

/** One round; the load has a process of its own. */
async function load(target: object, seconds: number): Promise<Figures> {
  const autocannon = createRequire(join(here, "package.json")).resolve("autocannon");
  const options = JSON.stringify({ ...target, connections: CONNECTIONS, duration: seconds });
  const script = `require(${JSON.stringify(autocannon)})(${options}, (error, r) => { if (error || r.non2xx + r.errors > 0) { console.error(error ?? r); process.exit(1); } console.log(JSON.stringify({ rate: r.requests.average, p50: r.latency.p50, p99: r.latency.p99 })); })`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise((end) => child.once("exit", end));
  if (code !== 0) throw new Error("A round failed.");
  return JSON.parse(printed) as Figures;
}
