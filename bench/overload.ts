// What users feel when three times as much is asked as there is capacity for: how long accepted requests
// take, how many are refused, and how much work still gets done.
//
//   node bench/overload.ts [--json] [--seconds 5] [--times 3] [--connections 1024] [--unbounded]
//
// Needs `npm run build`. Settings of the server, such as MAX_REQUESTS_IN_FLIGHT or WORKERS, come from the
// environment. `--unbounded` lets the server take on everything, to show what the bound is for.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

interface Load {
  /** Requests per second over all connections; undefined: as many as are answered. */
  readonly rate?: number;
  readonly connections: number;
  readonly seconds: number;
}

interface Answers {
  /** Milliseconds until the answer, of those with status 200. */
  readonly accepted: number[];
  readonly refused: number[];
  /** Refusals without Retry-After, and answers with any other status. */
  readonly odd: number;
  readonly errors: number;
}

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    seconds: { type: "string", default: "5" },
    times: { type: "string", default: "3" },
    connections: { type: "string", default: "1024" },
    unbounded: { type: "boolean", default: false },
  },
});
const SECONDS = Number(values.seconds);
const TIMES = Number(values.times);
/** So many that each is asked for less than one answer at a time, even of the accepted ones. */
const CONNECTIONS = Number(values.connections);
const AT_CAPACITY = 64;
const QUERY =
  "{ customers(first: 100) { nodes { fullName phone email region purchaseTotal idNumber } } }";

const here = import.meta.dirname;
if (!existsSync(join(here, "node_modules"))) {
  execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: here, stdio: "inherit" });
}
const autocannon = createRequire(join(here, "package.json"))("autocannon");
const dataDir = mkdtempSync(join(tmpdir(), "custodia-overload-"));
// The account that runs PostgreSQL for root has to get through.
chmodSync(dataDir, 0o711);
let server: ChildProcess | null = null;
try {
  await measure();
} finally {
  server?.kill("SIGTERM");
  if (server !== null && server.exitCode === null)
    await new Promise((end) => server?.once("exit", end));
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: "0",
    LOG_LEVEL: "silent",
    RATE_LIMIT_PER_MINUTE: "100000000",
    ...(values.unbounded && {
      MAX_REQUESTS_IN_FLIGHT: "100000",
      MAX_EVENT_LOOP_DELAY_MS: "60000",
    }),
  };
  const cli = join(here, "../dist/src/cli.js");
  server = spawn(process.execPath, [cli, "serve"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const url = await addressOf(server);
  const token = execFileSync(
    process.execPath,
    [cli, "token", "cs-agent", "--purpose", "SERVICE_DELIVERY"],
    { env, encoding: "utf8" },
  ).trim();
  const ask = (load: Load): Promise<Answers> => answersUnder(load, { url, token });

  await ask({ connections: AT_CAPACITY, seconds: 3 });
  const calm = await ask({ connections: AT_CAPACITY, seconds: SECONDS });
  const capacity = calm.accepted.length / SECONDS;
  const rate = Math.round(capacity * TIMES);
  const over = await ask({ rate, connections: CONNECTIONS, seconds: SECONDS });
  // What is left behind: the same as at first, right afterwards.
  const after = await ask({ connections: AT_CAPACITY, seconds: SECONDS });
  report({ capacity, rate, calm, over, after });
}

function report(of: {
  capacity: number;
  rate: number;
  calm: Answers;
  over: Answers;
  after: Answers;
}): void {
  const { capacity, rate, calm, over, after } = of;
  const answered = over.accepted.length + over.refused.length;
  const figures = {
    capacityPerS: Math.round(capacity),
    atCapacityMs: { p50: quantile(calm.accepted, 0.5), p99: quantile(calm.accepted, 0.99) },
    offeredPerS: rate,
    answeredPerS: Math.round(answered / SECONDS),
    acceptedMs: { p50: quantile(over.accepted, 0.5), p99: quantile(over.accepted, 0.99) },
    refusedMs: { p50: quantile(over.refused, 0.5), p99: quantile(over.refused, 0.99) },
    refusedShare: rounded(over.refused.length / answered),
    goodput: rounded(over.accepted.length / SECONDS / capacity),
    afterwards: rounded(after.accepted.length / SECONDS / capacity),
    odd: over.odd,
    errors: over.errors,
  };
  if (values.json) return console.log(JSON.stringify(figures));
  console.log(`capacity       ${figures.capacityPerS} requests/s at ${AT_CAPACITY} connections, ${span(figures.atCapacityMs)}
offered        ${rate} requests/s (${TIMES} ×) over ${CONNECTIONS} connections; ${figures.answeredPerS} of them answered
accepted       ${span(figures.acceptedMs)}
refused        ${Math.round(figures.refusedShare * 100)} % with 503 and Retry-After, ${span(figures.refusedMs)}
goodput        ${figures.goodput} of capacity
afterwards     ${figures.afterwards} of capacity
anything else  ${figures.odd} answers, ${figures.errors} errors`);
}

function answersUnder(load: Load, to: { url: string; token: string }): Promise<Answers> {
  const answers = { accepted: [] as number[], refused: [] as number[], odd: 0, errors: 0 };
  return new Promise((resolve, reject) => {
    const running = autocannon(
      {
        url: `${to.url}/graphql`,
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${to.token}` },
        body: JSON.stringify({ query: QUERY }),
        connections: load.connections,
        duration: load.seconds,
        ...(load.rate !== undefined && { overallRate: load.rate }),
        setupClient: (client: NodeJS.EventEmitter) =>
          client.on("headers", ({ headers, statusCode }: Headers) => {
            if (statusCode === 503 && !headers.some((one) => /^retry-after$/i.test(one)))
              answers.odd += 1;
          }),
      },
      (error: Error | null, result: { errors: number }) => {
        if (error !== null) return reject(error);
        answers.errors = result.errors;
        resolve(answers);
      },
    );
    running.on("response", (_client: unknown, status: number, _bytes: number, ms: number) => {
      if (status === 200) answers.accepted.push(ms);
      else if (status === 503) answers.refused.push(ms);
      else answers.odd += 1;
    });
  });
}

interface Headers {
  readonly headers: readonly string[];
  readonly statusCode: number;
}

/** The address under which it says that it serves. */
async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const address = /serves (http:\S+)\/graphql/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stdout?.resume();
    return address;
  }
  throw new Error("The server ended before it listened.");
}

function quantile(times: readonly number[], share: number): number | null {
  const sorted = [...times].sort((a, b) => a - b);
  const time = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return time === undefined ? null : Math.round(time * 10) / 10;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

function span({ p50, p99 }: { p50: number | null; p99: number | null }): string {
  return p50 === null ? "none" : `p50 ${p50} ms, p99 ${p99} ms`;
}
