import type { Server } from "../run/children.ts";
import { startCustodia } from "../peers.ts";
import { type BenchContext, requestsTo, warmUpSeconds } from "../run/context.ts";
import { type LoadResult, sendGoodLoad, sendLoad } from "../run/load.ts";
import { runProduct } from "../run/product.ts";
import { workload } from "../workloads.ts";

/** W2 and W9 by some processes on one database. */
export interface ProcessesFigures {
  /** Whether the product spreads connections itself, or several servers stand beside each other. */
  readonly way: "WORKERS" | "servers";
  readonly by: readonly {
    readonly processes: number;
    readonly workload: string;
    readonly rate: number;
    readonly p99: number;
  }[];
}

const CONNECTIONS = 64;

/** One, two and four processes on the same database. */
export async function runProcesses(context: BenchContext): Promise<ProcessesFigures> {
  const settings = await runProduct(["config", "--json"], context.env);
  const way = settings.includes('"WORKERS"') ? "WORKERS" : "servers";
  const by: ProcessesFigures["by"][number][] = [];
  for (const processes of [1, 2, 4]) {
    const servers = await startProcesses(context, { processes, way });
    for (const name of ["W2", "W9"]) {
      const results = await loadAll(context, { servers, name });
      const rate = results.reduce((sum, result) => sum + result.rate, 0);
      const p99 = Math.max(...results.map((result) => result.p99));
      by.push({ processes, workload: name, rate, p99 });
      context.say(
        `${processes} processes, ${name}: ${Math.round(rate)}/s, p99 ${p99.toFixed(1)} ms`,
      );
    }
    for (const server of servers) await server.stop();
  }
  return { way, by };
}

async function startProcesses(
  { url, env }: BenchContext,
  { processes, way }: { processes: number; way: ProcessesFigures["way"] },
): Promise<Server[]> {
  if (way === "WORKERS") return [await startCustodia(url, { ...env, WORKERS: String(processes) })];
  const servers: Server[] = [];
  for (let at = 0; at < processes; at += 1)
    servers.push(
      await startCustodia(url, { ...env, ...(at === 0 ? {} : { AUDIT_SEALER: "off" }) }),
    );
  return servers;
}

async function loadAll(
  context: BenchContext,
  { servers, name }: { servers: readonly Server[]; name: string },
): Promise<LoadResult[]> {
  const { options, fixtures } = context;
  const questions = workload(name).questions(fixtures);
  const requests = await requestsTo(context, { peer: "custodia", questions });
  const connections = Math.max(1, Math.round(CONNECTIONS / servers.length));
  const all = (seconds: number, send: typeof sendLoad): Promise<LoadResult[]> =>
    Promise.all(servers.map(({ address: url }) => send({ url, requests, seconds, connections })));
  await all(warmUpSeconds(options), sendLoad);
  return all(options.seconds, sendGoodLoad);
}
