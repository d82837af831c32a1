// What users feel when three times as much is asked as there is capacity for: how long accepted requests
// take, how many are refused, and how much work still gets done.
//
//   node bench/overload.ts [--json] [--seconds 5] [--times 3] [--connections 1024] [--unbounded]
//
// Needs `npm run build`. Settings of the server, such as MAX_REQUESTS_IN_FLIGHT or WORKERS, come from the
// environment. `--unbounded` lets the server take on everything, to show what the bound is for.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startServer, stopServers } from "./run/children.ts";

/** Either so many connections that ask again when they are answered, or so many requests per second. */
type Load = { readonly connections: number } | { readonly rate: number };

interface Answers {
  /** Milliseconds until the answer, of those with status 200. */
  readonly accepted: number[];
  readonly refused: number[];
  /** From the first request until the last answer. */
  readonly seconds: number;
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
/** At a rate, more are never open; a request that waits for one has been waiting since it was due. */
const CONNECTIONS = Number(values.connections);
const AT_CAPACITY = 64;
const QUERY =
  "{ customers(first: 100) { nodes { fullName phone email region purchaseTotal idNumber } } }";

const BODY = JSON.stringify({ query: QUERY });

const here = import.meta.dirname;
const dataDir = mkdtempSync(join(tmpdir(), "custodia-overload-"));
// The account that runs PostgreSQL for root has to get through.
chmodSync(dataDir, 0o711);
try {
  await measure();
} finally {
  await stopServers();
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
  const { address: url } = await startServer([cli, "serve"], env);
  const token = execFileSync(
    process.execPath,
    [cli, "token", "cs-agent", "--purpose", "SERVICE_DELIVERY"],
    { env, encoding: "utf8" },
  ).trim();
  const ask = (load: Load): Promise<Answers> => answersUnder(load, { url, token });

  await ask({ connections: AT_CAPACITY });
  const calm = await ask({ connections: AT_CAPACITY });
  const capacity = perSecond(calm);
  const rate = Math.round(capacity * TIMES);
  const over = await ask({ rate });
  // What is left behind: the same as at first, right afterwards.
  const after = await ask({ connections: AT_CAPACITY });
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
    answeredPerS: Math.round(answered / over.seconds),
    acceptedMs: { p50: quantile(over.accepted, 0.5), p99: quantile(over.accepted, 0.99) },
    refusedMs: { p50: quantile(over.refused, 0.5), p99: quantile(over.refused, 0.99) },
    refusedShare: rounded(over.refused.length / answered),
    goodput: rounded(perSecond(over) / capacity),
    afterwards: rounded(perSecond(after) / capacity),
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

/** Asks for a while, and waits for what is still to be answered. */
async function answersUnder(load: Load, to: { url: string; token: string }): Promise<Answers> {
  const answers = { accepted: [] as number[], refused: [] as number[], odd: 0, errors: 0 };
  const began = performance.now();
  const until = began + SECONDS * 1_000;
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const ask = (due: number): Promise<void> =>
    askOnce(agent, to).then(
      ({ status, retryAfter }) => {
        const ms = performance.now() - due;
        if (status === 200) answers.accepted.push(ms);
        else if (status === 503 && retryAfter !== undefined) answers.refused.push(ms);
        else answers.odd += 1;
      },
      () => void (answers.errors += 1),
    );
  const asking: Promise<void>[] = [];
  if ("connections" in load) {
    const again = async (): Promise<void> => {
      while (performance.now() < until) await ask(performance.now());
    };
    for (let one = 0; one < load.connections; one += 1) asking.push(again());
  } else {
    const everyMs = 1_000 / load.rate;
    for (let due = performance.now(); due < until; due += everyMs) {
      if (due - performance.now() > 1) await wait(due - performance.now());
      asking.push(ask(due));
    }
  }
  await Promise.all(asking);
  agent.destroy();
  return { ...answers, seconds: (performance.now() - began) / 1_000 };
}

function askOnce(
  agent: Agent,
  { url, token }: { url: string; token: string },
): Promise<{ status: number | undefined; retryAfter: string | undefined }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined;
    retryAfter: string | undefined;
  }>();
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const asked = request(`${url}/graphql`, { method: "POST", agent, headers }, (answer) => {
    const { statusCode: status, headers: told } = answer;
    answer.on("end", () => resolve({ status, retryAfter: told["retry-after"] }));
    answer.on("error", reject);
    answer.resume();
  });
  asked.on("error", reject);
  asked.end(BODY);
  return promise;
}

function perSecond({ accepted, seconds }: Answers): number {
  return accepted.length / seconds;
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
