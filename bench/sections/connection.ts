import { type IncomingMessage, request as httpRequest } from "node:http";
import { percentile } from "../lib/statistics.ts";
import { type BenchContext, requestsTo, startPeer } from "../run/context.ts";
import type { HttpRequest } from "../run/load.ts";
import { workload } from "../workloads.ts";

/** Milliseconds to an answer. */
export interface ConnectionFigures {
  /** Of the very first request after the start of the server. */
  readonly first: number;
  /** Of W1 on a new connection each. */
  readonly cold: { readonly p50: number; readonly p99: number };
  /** Of W1 on a connection that is open. */
  readonly warm: { readonly p50: number; readonly p99: number };
  readonly samples: number;
}

/** How long the first answer takes: of a server that just started, and on connections that are new. */
export async function runConnection(context: BenchContext): Promise<ConnectionFigures> {
  const server = await startPeer(context, "custodia");
  const questions = workload("W1").questions(context.fixtures);
  const [request] = await requestsTo(context, { peer: "custodia", questions });
  if (request === undefined) throw new Error("W1 asks nothing.");
  const samples = context.options.size === "smoke" ? 50 : 500;
  const ask = (keepsOpen: boolean): Promise<number> => timed(server.address, request, keepsOpen);
  const first = await ask(false);
  for (let at = 0; at < samples; at += 1) await ask(false);
  const cold: number[] = [];
  const warm: number[] = [];
  for (let at = 0; at < samples; at += 1) {
    cold.push(await ask(false));
    warm.push(await ask(true));
  }
  await server.stop();
  const parts = (times: readonly number[]): { p50: number; p99: number } => ({
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  });
  const figures = { first, cold: parts(cold), warm: parts(warm), samples };
  context.say(`connection: ${JSON.stringify(figures)}`);
  return figures;
}

function timed(address: string, request: HttpRequest, keepsOpen: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const sent = httpRequest(
      `${address}${request.path}`,
      {
        method: request.method,
        headers: request.headers,
        ...(keepsOpen ? {} : { agent: false }),
      },
      (response: IncomingMessage) => {
        response.resume();
        response.once("end", () => {
          if (response.statusCode === 200) resolve(performance.now() - start);
          else reject(new Error(`W1 was answered ${response.statusCode}.`));
        });
      },
    );
    sent.once("error", reject);
    sent.end(request.body);
  });
}
