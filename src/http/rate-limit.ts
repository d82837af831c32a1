import rateLimit, { normalizeIP } from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { publicError } from "../errors.ts";

const WINDOW_S = 60;
/** Callers and addresses that one process keeps count of; the longest unseen is forgotten first. */
const MAX_REMEMBERED = 20_000;

/** Counts one request for its caller, or for its address while there is no caller. */
export type CountRequest = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * Prepares the limit on requests. Its state is told as draft-ietf-httpapi-ratelimit-headers has
 * it: `q` requests per window of `w` seconds, `r` left for the next `t` seconds.
 */
export async function registerRateLimit(
  server: FastifyInstance,
  requestsPerMinute: number,
): Promise<CountRequest> {
  await server.register(rateLimit, {
    global: false,
    max: requestsPerMinute,
    timeWindow: WINDOW_S * 1_000,
    cache: MAX_REMEMBERED,
    keyGenerator: ({ caller, ip }) =>
      // An IPv6 client owns a whole /64 and could use a new address for each request.
      caller === null || caller.id === "" ? `address ${normalizeIP(ip)}` : `caller ${caller.id}`,
  });
  const count = server.createRateLimit();
  const policy = `"default";q=${requestsPerMinute};w=${WINDOW_S}`;

  return async (request, reply) => {
    const state = await count(request);
    if (state.isAllowed) return;
    void reply.header("ratelimit-policy", policy);
    void reply.header("ratelimit", `"default";r=${state.remaining};t=${state.ttlInSeconds}`);
    if (!state.isExceeded) return;
    void reply.header("retry-after", state.ttlInSeconds);
    throw publicError("RATE_LIMITED", { retryAfterS: state.ttlInSeconds });
  };
}
