// How long a start takes on data that is there: from the start of the process to the first ready answer.
//   npm run build && node_modules/.bin/node bench/cold-start.ts [--json]
import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 7);
const root = join(import.meta.dirname, "..");

/** How a server is started: as in the image, and as by `npm start`, which looks first whether all is built. */
const WAYS = {
  direct: ["--enable-source-maps", join(root, "dist/src/cli.js"), "serve"],
  bootstrap: [join(root, "scripts/bootstrap.mjs"), "custodia", "serve"],
} as const;

interface Start {
  /** Milliseconds until it listens. */
  readonly listeningMs: number;
  /** Milliseconds until `/health/ready` answers 200. */
  readonly readyMs: number;
  /** Milliseconds of the processor until then; null where the system does not tell. */
  readonly busyMs: number | null;
}

async function start(way: readonly string[], dataDir: string): Promise<Start> {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "silent" };
  const began = performance.now();
  const child = spawn(process.execPath, way, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    const address = await addressOf(child);
    const listeningMs = performance.now() - began;
    while (!(await isReady(address)));
    const readyMs = performance.now() - began;
    return { listeningMs, readyMs, busyMs: busyMsOf(child.pid) };
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

async function isReady(address: string): Promise<boolean> {
  const response = await fetch(`${address}/health/ready`);
  await response.arrayBuffer();
  return response.status === 200;
}

/** `utime` and `stime` of proc(5), in ticks of a hundredth of a second. */
function busyMsOf(pid: number | undefined): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const dataDir = mkdtempSync(join(tmpdir(), "custodia-bench-start-"));
// The account that runs PostgreSQL for root has to get through.
chmodSync(dataDir, 0o711);
try {
  const first = await start(WAYS.direct, dataDir);
  const starts: Record<keyof typeof WAYS, Start[]> = { direct: [], bootstrap: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of ["direct", "bootstrap"] as const)
      starts[way].push(await start(WAYS[way], dataDir));
  }
  const ready = starts.direct.map(({ readyMs }) => readyMs);
  const result = {
    coldStartMs: Math.round(median(ready)),
    coldStartLeastMs: Math.round(Math.min(...ready)),
    coldStartListeningMs: Math.round(median(starts.direct.map(({ listeningMs }) => listeningMs))),
    coldStartBusyMs: Math.round(median(starts.direct.flatMap(({ busyMs }) => busyMs ?? []))),
    npmStartMs: Math.round(median(starts.bootstrap.map(({ readyMs }) => readyMs))),
    firstStartMs: Math.round(first.readyMs),
  };
  if (process.argv.includes("--json")) console.log(JSON.stringify(result));
  else console.table(result);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
