import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { publicError } from "../errors.ts";
import { isInside } from "../identity/networks.ts";
import { registerErrorAnswers } from "./error-answers.ts";
import type { Metrics } from "./metrics.ts";

/** What is measured, and from where it may be read. */
export interface ServedMetrics {
  readonly metrics: Metrics;
  /** CIDR. */
  readonly networks: readonly string[];
  /** Whether proxies are known by whose word the address of a request goes. */
  readonly trustsProxy: boolean;
}

/** Serves `/metrics` to the networks that may read it; for everybody else there is no such page. */
export function registerMetricsRoute(server: FastifyInstance, served: ServedMetrics): void {
  server.get("/metrics", { config: { isAlwaysOpen: true } }, async (request, reply) => {
    if (!mayRead(request, served)) throw publicError("NOT_FOUND");
    const { type, text } = await served.metrics.page();
    return reply.type(type).send(text);
  });
}

/** A server of its own for `/metrics`, on another address or port. */
function createMetricsServer(served: ServedMetrics): FastifyInstance {
  const server = Fastify({ logger: false });
  registerErrorAnswers(server);
  registerMetricsRoute(server, served);
  return server;
}

function mayRead(
  { ip, headers }: FastifyRequest,
  { networks, trustsProxy }: ServedMetrics,
): boolean {
  // Behind a proxy that nobody told us of, everybody seems to come from this machine.
  const isForwarded = ["forwarded", "x-forwarded-for", "via"].some((name) => name in headers);
  return (trustsProxy || !isForwarded) && isInside(ip, networks);
}

/** Serves metrics at an address of their own, where there is one. */
export async function listenForMetrics(
  served: ServedMetrics,
  address: string | null,
): Promise<FastifyInstance | null> {
  if (address === null) return null;
  const divide = address.lastIndexOf(":");
  const server = createMetricsServer(served);
  const host = address.slice(0, divide).replace(/^\[|\]$/g, "");
  await server.listen({ host, port: Number(address.slice(divide + 1)) });
  return server;
}
