import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tokensFor } from "../callers.ts";
import { type Cluster, openCluster } from "../data/cluster.ts";
import { copyOf, dropDatabase, filledDatabase } from "../data/filled-database.ts";
import { findFixtures } from "../fixtures.ts";
import { charts } from "../lib/charts.ts";
import type { Options } from "../lib/options.ts";
import { report } from "../lib/report.ts";
import type { MeasuredSection, Results } from "../lib/results.ts";
import { startCustodia } from "../peers.ts";
import { runConnection } from "../sections/connection.ts";
import { runGrowth } from "../sections/growth.ts";
import { runImport } from "../sections/import.ts";
import { runMicro } from "../sections/micro.ts";
import { runOverload } from "../sections/overload.ts";
import { runProcesses } from "../sections/processes.ts";
import { runSoak } from "../sections/soak.ts";
import { runStart } from "../sections/start.ts";
import { runStatements } from "../sections/statements.ts";
import { runSweep } from "../sections/sweep.ts";
import { isWanted, runWorkloads } from "../sections/workloads.ts";
import { WORKLOADS } from "../workloads.ts";
import { stopServers } from "./children.ts";
import { type BenchContext, underCircumstances } from "./context.ts";
import { commitNow, describeMachine } from "./machine.ts";

const here = join(import.meta.dirname, "..");
const RUN_DATABASE = "bench_run";

/** The sections beside the workloads, in the order in which they run. */
const SECTIONS: Readonly<Record<string, (context: BenchContext) => Promise<unknown>>> = {
  statements: runStatements,
  micro: runMicro,
  growth: runGrowth,
  sweep: runSweep,
  connection: runConnection,
  overload: runOverload,
  processes: runProcesses,
  start: runStart,
  import: runImport,
  soak: runSoak,
};

/** Measures what is wanted and writes it down; what was measured before and is not now is kept. */
export async function runBenchmarks(options: Options): Promise<void> {
  const say = (line: string): void => console.error(`bench: ${line}`);
  assertKnown(options.only);
  const cluster = await openCluster(options.dataDir);
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await stopServers();
    if (options.dataDir !== null) await dropDatabase(cluster, RUN_DATABASE).catch(() => undefined);
    await cluster.close();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void stop().then(() => process.exit(130)));
  try {
    await measure(options, { cluster, say });
  } finally {
    await stop();
  }
}

async function measure(
  options: Options,
  { cluster, say }: { cluster: Cluster; say: (line: string) => void },
): Promise<void> {
  const context = await prepare(options, { cluster, say });
  const results = new ResultFile(options);
  await results.describe(context);
  if (WORKLOADS.some(({ name }) => isWanted(options.only, name)))
    await orGoOn("workloads", say, () =>
      runWorkloads(context, ({ figures, circumstances }) =>
        results.keep(figures.name, { figures, ...circumstances }),
      ),
    );
  for (const [name, run] of Object.entries(SECTIONS)) {
    if (options.only.length > 0 && !options.only.includes(name)) continue;
    await orGoOn(name, say, async () => {
      const { figures, circumstances } = await underCircumstances(() => run(context));
      if (figures !== null) results.keep(name, { figures, ...circumstances });
    });
  }
  say("wrote bench/RESULTS.md");
}

/** One section that fails takes no other with it; the exit code tells of it. */
async function orGoOn(
  name: string,
  say: (line: string) => void,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    say(`${name} failed: ${String(error)}`);
    process.exitCode = 1;
  } finally {
    await stopServers();
  }
}

async function prepare(
  options: Options,
  { cluster, say }: { cluster: Cluster; say: (line: string) => void },
): Promise<BenchContext> {
  const env = {
    ...process.env,
    NODE_ENV: "production",
    GRAPHILE_ENV: "production",
    // Demo callers and their tokens are of development alone.
    CUSTODIA_MODE: "development",
    DATA_DIR: cluster.dataDir,
    PORT: "0",
    LOG_LEVEL: "warn",
    // Targets are for one process; the section of processes asks for more.
    WORKERS: "1",
    RATE_LIMIT_PER_MINUTE: "100000000",
    MAX_PAGE_SIZE: "1000",
  };
  const filled = await filledDatabase(cluster, { size: options.data, onProgress: say });
  const url = await copyOf(cluster, filled.name, RUN_DATABASE);
  const tokenOf = tokensFor(env);
  const server = await startCustodia(url, env);
  const fixtures = await findFixtures(server.address, tokenOf);
  await server.stop();
  return { options, cluster, filled, url, env, tokenOf, fixtures, say };
}

/** What was measured, in results.json, and what is written of it. */
class ResultFile {
  readonly #options: Options;
  readonly #commit = commitNow();
  #results: Results;

  constructor(options: Options) {
    this.#options = options;
    const file = join(here, "results.json");
    const isAll = options.only.length === 0 && options.peers.length === 0;
    this.#results =
      !isAll && existsSync(file)
        ? (JSON.parse(readFileSync(file, "utf8")) as Results)
        : { machine: {}, data: {}, sections: {} };
  }

  async describe({ cluster, filled }: BenchContext): Promise<void> {
    const machine = await describeMachine(cluster);
    this.#results = { ...this.#results, machine, data: filled.counted };
  }

  /** Notes a section and writes everything, so that a run that is broken off leaves what it has. */
  keep(
    name: string,
    measured: Pick<MeasuredSection, "figures" | "at" | "loadBefore" | "loadAfter">,
  ): void {
    const { size, rounds, seconds } = this.#options;
    const section = { ...measured, commit: this.#commit, size, rounds, seconds };
    const sections = { ...this.#results.sections, [name]: section };
    this.#results = { ...this.#results, sections };
    writeFileSync(join(here, "results.json"), `${JSON.stringify(rounded(this.#results))}\n`);
    writeReport(this.#results);
  }
}

/** RESULTS.md and charts of results. */
export function writeReport(results: Results): void {
  const readingFile = join(here, "reading.md");
  const reading = existsSync(readingFile) ? readFileSync(readingFile, "utf8") : "";
  writeFileSync(join(here, "RESULTS.md"), report(results, reading));
  mkdirSync(join(here, "charts"), { recursive: true });
  for (const [name, svg] of Object.entries(charts(results)))
    writeFileSync(join(here, "charts", name), svg);
}

/** Six digits that mean something: a file that people compare. */
function rounded(value: unknown): unknown {
  if (typeof value === "number")
    return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, rounded(part)]));
}

function assertKnown(only: readonly string[]): void {
  const known = ["workloads", ...WORKLOADS.map(({ name }) => name), ...Object.keys(SECTIONS)];
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`Nothing is called ${unknown.join(", ")}; there are: ${known.join(", ")}.`);
}
