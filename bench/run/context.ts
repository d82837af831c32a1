import { loadavg } from "node:os";
import type { TokenOf } from "../callers.ts";
import type { Cluster } from "../data/cluster.ts";
import type { FilledDatabase } from "../data/filled-database.ts";
import type { Options } from "../lib/options.ts";
import { peerNamed } from "../peers.ts";
import type { Fixtures, Question } from "../workloads.ts";
import type { Server } from "./children.ts";
import type { HttpRequest } from "./load.ts";

/** What every section of the benchmarks is given. */
export interface BenchContext {
  readonly options: Options;
  readonly cluster: Cluster;
  readonly filled: FilledDatabase;
  /** The database that is measured on: a copy of the filled one. */
  readonly url: string;
  /** Settings of every server. */
  readonly env: NodeJS.ProcessEnv;
  readonly tokenOf: TokenOf;
  readonly fixtures: Fixtures;
  readonly say: (line: string) => void;
}

/** When and under what load of the machine something was measured. */
export interface Circumstances {
  readonly at: string;
  readonly loadBefore: number;
  readonly loadAfter: number;
}

/** Runs something and notes the circumstances. */
export async function underCircumstances<Figures>(
  run: () => Promise<Figures>,
): Promise<{ readonly figures: Figures; readonly circumstances: Circumstances }> {
  const at = new Date().toISOString();
  const [loadBefore = Number.NaN] = loadavg();
  const figures = await run();
  const [loadAfter = Number.NaN] = loadavg();
  return { figures, circumstances: { at, loadBefore, loadAfter } };
}

/** A peer's server on the database of the run. */
export function startPeer({ url, env }: BenchContext, name: string): Promise<Server> {
  return peerNamed(name).start(url, env);
}

/** Questions as requests to a peer. */
export function requestsTo(
  { tokenOf }: BenchContext,
  { peer, questions }: { readonly peer: string; readonly questions: readonly Question[] },
): Promise<HttpRequest[]> {
  return Promise.all(questions.map((question) => peerNamed(peer).request(question, tokenOf)));
}

/** Seconds of load before anything counts, so that code is compiled and caches are filled. */
export function warmUpSeconds({ seconds, size }: Options): number {
  return size === "smoke" ? 0.5 : Math.min(seconds, 3);
}

/** Waits. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
