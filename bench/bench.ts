import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const SECONDS = Number(process.env["BENCH_SECONDS"] ?? 5);
const CONNECTIONS = 16;
const here = import.meta.dirname;
const QUERY =
  "{ customers(first: 100) { nodes { fullName phone email region purchaseTotal idNumber } } }";

if (!existsSync(join(here, "node_modules"))) {
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: here, stdio: "inherit" });
}
const dataDir = mkdtempSync(join(tmpdir(), "custodia-bench-"));
// The account that runs PostgreSQL for root has to get through.
chmodSync(dataDir, 0o711);
const children: ChildProcess[] = [];
try {
  await measure();
} finally {
  for (const child of children) child.kill("SIGTERM");
  await Promise.all(children.map((child) => new Promise((end) => child.once("exit", end))));
  rmSync(dataDir, { recursive: true, force: true });
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
  const custodia = await addressOf(start([cli, "serve"], env));
  const token = runCli(["token", "cs-agent", "--purpose", "SERVICE_DELIVERY"], env);
  const { runningEmbeddedServer } = await import("../dist/src/database/embedded-server.js");
  const { DEMO_ORGANISATIONS } = await import("../dist/src/identity/demo-organisations.js");
  const { url } = runningEmbeddedServer(join(dataDir, "postgres"));
  const floor = await addressOf(
    start([join(here, "floor.ts"), url, DEMO_ORGANISATIONS.transferor.id], process.env),
  );
  const targets = {
    floor: { url: `${floor}/list` },
    custodia: {
      url: `${custodia}/graphql`,
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: QUERY }),
    },
  };
  const figures: Record<string, number[]> = { floor: [], custodia: [] };
  for (const target of Object.values(targets)) await load(target, 3);
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [name, target] of Object.entries(targets))
      figures[name]?.push(await load(target, SECONDS));
  }
  const floorMedian = median(figures["floor"] ?? []);
  for (const [name, values] of Object.entries(figures)) {
    const middle = median(values);
    const spread = `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))}`;
    console.log(
      `${name.padEnd(10)} ${Math.round(middle)} requests/s (${spread}), ${(middle / floorMedian).toFixed(2)} of the floor`,
    );
  }
}

function start(words: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return child;
}

function runCli(words: string[], env: NodeJS.ProcessEnv): string {
  return execFileSync(process.execPath, [join(here, "../dist/src/cli.js"), ...words], {
    env,
    encoding: "utf8",
  }).trim();
}

/** The first address that a child prints. */
async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address !== undefined) {
      child.stdout?.resume();
      return address;
    }
  }
  throw new Error("A server ended before it listened.");
}

/** Requests per second of one round; the load has a process of its own. */
async function load(target: object, seconds: number): Promise<number> {
  const autocannon = createRequire(join(here, "package.json")).resolve("autocannon");
  const script = `require(${JSON.stringify(autocannon)})(${JSON.stringify({ ...target, connections: CONNECTIONS, duration: seconds })}, (error, r) => { if (error || r.non2xx + r.errors > 0) { console.error(error ?? r); process.exit(1); } console.log(r.requests.average); })`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk));
  const code = await new Promise((end) => child.once("exit", end));
  if (code !== 0) throw new Error("A round failed.");
  return Number(printed.trim());
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
