import { type BenchContext, requestsTo, startPeer, warmUpSeconds } from "../run/context.ts";
import { type LoadResult, sendLoad } from "../run/load.ts";
import { workload } from "../workloads.ts";

/** What becomes of three times as many requests as can be answered. */
export interface OverloadFigures {
  /** Requests per second that are answered when nobody sends more. */
  readonly capacity: number;
  readonly p99AtCapacity: number;
  readonly offered: number;
  readonly over: LoadResult;
  /** Requests per second and p99 once the storm is over. */
  readonly after: { readonly rate: number; readonly p99: number };
}

const AT_CAPACITY = 64;
/** With this many, thrice the capacity is on its way even while answers take a second. */
const IN_A_STORM = 1_024;

/** W2 at three times the capacity: how long accepted requests take, and how the others are refused. */
export async function runOverload(context: BenchContext): Promise<OverloadFigures> {
  const { options } = context;
  const server = await startPeer(context, "custodia");
  const questions = workload("W2").questions(context.fixtures);
  const requests = await requestsTo(context, { peer: "custodia", questions });
  const load = { url: server.address, requests, connections: AT_CAPACITY };
  const seconds = Math.max(options.seconds, 2);
  // Its code is to be compiled before anybody asks what it can do.
  await sendLoad({ ...load, seconds: warmUpSeconds(options) * 2 });
  const calm = await sendLoad({ ...load, seconds });
  const offered = Math.round(calm.rate * 3);
  const over = await sendLoad({
    ...load,
    seconds: seconds * 2,
    connections: IN_A_STORM,
    overallRate: offered,
  });
  const after = await sendLoad({ ...load, seconds });
  await server.stop();
  const figures = {
    capacity: calm.rate,
    p99AtCapacity: calm.p99,
    offered,
    over,
    after: { rate: after.rate, p99: after.p99 },
  };
  context.say(`overload: ${JSON.stringify(figures)}`);
  return figures;
}
