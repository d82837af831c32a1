import { median } from "../lib/statistics.ts";
import { type BenchContext, pause, requestsTo, startPeer } from "../run/context.ts";
import { type LoadResult, sendGoodLoad } from "../run/load.ts";
import { workload } from "../workloads.ts";

/** Memory while W9 goes on. */
export interface SoakFigures {
  readonly seconds: number;
  readonly samples: readonly {
    readonly second: number;
    readonly rssBytes: number;
    readonly heapBytes: number;
  }[];
  readonly load: LoadResult;
  /** Resident memory of the last fifth against that of the second fifth, medians. */
  readonly growth: number;
}

const CONNECTIONS = 64;

/** W9 for a long time, with a look at the memory of the server every few seconds. */
export async function runSoak(context: BenchContext): Promise<SoakFigures> {
  const seconds = context.options.soakSeconds;
  const server = await startPeer(context, "custodia");
  const requests = await requestsTo(context, {
    peer: "custodia",
    questions: workload("W9").questions(context.fixtures),
  });
  const samples: SoakFigures["samples"][number][] = [];
  const startedAt = performance.now();
  let isOver = false;
  const load = sendGoodLoad({ url: server.address, requests, seconds, connections: CONNECTIONS });
  const ended = load.finally(() => (isOver = true)).catch(() => undefined);
  while (!isOver) {
    await Promise.race([pause(Math.max(500, (seconds * 1_000) / 120)), ended]);
    if (isOver) break;
    const { rssBytes, heapBytes } = await server.probe();
    samples.push({ second: (performance.now() - startedAt) / 1_000, rssBytes, heapBytes });
  }
  const figures = { seconds, samples, load: await load, growth: growthOf(samples) };
  await server.stop();
  context.say(`soak: ${seconds} s, resident memory × ${figures.growth.toFixed(3)}`);
  return figures;
}

/** What the memory grew by once the server was warm: of its last fifth against its second. */
export function growthOf(samples: SoakFigures["samples"]): number {
  const fifth = Math.floor(samples.length / 5);
  const of = (from: number, to: number): number =>
    median(samples.slice(from, to).map(({ rssBytes }) => rssBytes));
  if (fifth === 0) return Number.NaN;
  return of(samples.length - fifth, samples.length) / of(fifth, fifth * 2);
}
