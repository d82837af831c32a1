import { type BenchContext, requestsTo, startPeer, warmUpSeconds } from "../run/context.ts";
import { oneRound, type Round } from "../run/rounds.ts";
import { sendLoad } from "../run/load.ts";
import { workload } from "../workloads.ts";

/** W2 at a number of connections. */
export interface Swept {
  readonly connections: number;
  readonly round: Round;
}

/** W2 by ever more connections, of the product and of the floor. */
export async function runSweep(
  context: BenchContext,
): Promise<Readonly<Record<string, readonly Swept[]>>> {
  const { options, fixtures, say } = context;
  const steps = options.size === "smoke" ? [1, 16, 256] : [1, 2, 4, 8, 16, 32, 64, 128, 256];
  const questions = workload("W2").questions(fixtures);
  const swept: Record<string, Swept[]> = {};
  for (const peer of ["custodia", "floor"]) {
    if (peer !== "custodia" && options.peers.length > 0 && !options.peers.includes(peer)) continue;
    const server = await startPeer(context, peer);
    const requests = await requestsTo(context, { peer, questions });
    const target = { name: peer, server, requests };
    await sendLoad({
      url: server.address,
      requests,
      seconds: warmUpSeconds(options),
      connections: 16,
    });
    const its: Swept[] = [];
    for (const connections of steps)
      its.push({
        connections,
        round: await oneRound(
          { ...target, connections },
          { seconds: options.seconds, databaseCpuUs: () => context.cluster.cpuUs() },
        ),
      });
    swept[peer] = its;
    say(
      `sweep of ${peer}: ${its.map((one) => `${one.connections}: ${Math.round(one.round.rate)}/s p99 ${one.round.p99.toFixed(1)} ms`).join(", ")}`,
    );
    await server.stop();
  }
  return swept;
}
