import { median } from "../lib/statistics.ts";
import { peerNamed, PEERS } from "../peers.ts";
import { type BenchContext, pause, requestsTo } from "../run/context.ts";
import { askOnce } from "../run/load.ts";
import { countStatements } from "../run/statements.ts";
import { customers, type Question, WORKLOADS } from "../workloads.ts";

/** How many statements one request of each workload costs each peer. */
export type StatementFigures = Readonly<Record<string, Readonly<Record<string, number>>>>;

const REQUESTS = 15;

/**
 * Counts what passes between a server and the database while it answers requests one after the other, and takes
 * the median. What a server sends when nobody asks anything is found out before, and left out; so is sealing,
 * which goes on by the clock on any one node. What is looked up anew every second (the caller, the token) is in
 * few of the requests, and so not in the median.
 */
export async function runStatements(context: BenchContext): Promise<StatementFigures> {
  const counted: Record<string, Record<string, number>> = {};
  for (const { name } of PEERS) {
    if (name === "floor") continue;
    if (context.options.peers.length > 0 && !["custodia", ...context.options.peers].includes(name))
      continue;
    counted[name] = await statementsOf(context, name);
    context.say(`statements of ${name}: ${JSON.stringify(counted[name])}`);
  }
  return counted;
}

async function statementsOf(context: BenchContext, peer: string): Promise<Record<string, number>> {
  const counter = await countStatements(context.url);
  const env = { ...context.env, AUDIT_SEALER: "off" };
  const server = await peerNamed(peer).start(counter.url, env);
  try {
    await pause(IDLE_MS / 2);
    counter.take();
    await pause(IDLE_MS);
    const idle = new Set(counter.take());
    const counted: Record<string, number> = {};
    for (const [name, question] of questionsFor(context, peer)) {
      const [request] = await requestsTo(context, { peer, questions: [question] });
      if (request === undefined) continue;
      const counts: number[] = [];
      for (let at = 0; at < REQUESTS; at += 1) {
        counter.take();
        await askOnce(server.address, request);
        // What is written after the answer belongs to its request.
        await pause(AFTERWARDS_MS);
        counts.push(counter.take().filter((text) => !idle.has(text)).length);
      }
      // The first ones prepare what is kept.
      counted[name] = median(counts.slice(3));
    }
    return counted;
  } finally {
    await server.stop();
    await counter.close();
  }
}

/** Long enough to hear everything that is done by the clock every second. */
const IDLE_MS = 4_000;
const AFTERWARDS_MS = 100;

/** Each workload, and W2 with a tenth of the rows. */
function questionsFor({ fixtures }: BenchContext, peer: string): [string, Question][] {
  const asked = WORKLOADS.filter(
    ({ name, peers }) => name !== "W9" && name !== "W2b" && peers.includes(peer),
  );
  const questions = asked.flatMap(({ name, questions: made }): [string, Question][] => {
    const [first] = made(fixtures);
    return first === undefined ? [] : [[name, first]];
  });
  return [...questions, ["W2, 10 rows", { caller: "agent", query: customers(10) }]];
}
