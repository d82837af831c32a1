import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import { publicError } from "../errors.ts";
import type { AdmissionMetrics } from "./admission-metrics.ts";
import { answerRefusal } from "./error-answers.ts";
import { type NoPlace, Places } from "./places.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Answered however much is in flight, and takes no place: for those who look after the server. */
    isAlwaysOpen?: true;
  }
}

/** Of the places: while so many are late, nobody gets another. */
const MOST_LATE = 1 / 4;
/** Those who were refused at one moment come back in so many different seconds. */
const SPREAD_S = 3;

/**
 * Bounds what the process works on at once: a request that finds no place is refused with 503 and
 * Retry-After (RFC 9110 section 10.2.3), before its token is checked and its body read. A place is held
 * until the answer is made; how slowly a client takes it in is no matter.
 */
export function registerAdmission(
  server: FastifyInstance,
  { maxRequestsInFlight, lateAfterMs }: Pick<Config, "maxRequestsInFlight" | "lateAfterMs">,
  metrics: AdmissionMetrics | null,
): void {
  const mostLate = Math.ceil(maxRequestsInFlight * MOST_LATE);
  const places = new Places<FastifyRequest>({ most: maxRequestsInFlight, mostLate, lateAfterMs });
  metrics?.watch(() => places.taken);
  let refused = 0;
  const refuse = (to: { request: FastifyRequest; reply: FastifyReply; reason: NoPlace }): void => {
    metrics?.refused(to.reason);
    refused += 1;
    void to.reply.header("retry-after", 1 + (refused % SPREAD_S));
    // Not thrown: it is no fault of ours, and the log need not hear of each twice.
    void answerRefusal({ ...to, refusal: publicError("SERVICE_UNAVAILABLE", OVERLOAD) });
  };

  server.addHook("onRequest", (request, reply, next) => {
    if (isAlwaysOpen(request)) return next();
    const reason = places.take(request, performance.now());
    return reason === null ? next() : refuse({ request, reply, reason });
  });
  server.addHook("preParsing", async (request) => {
    places.beginSending(request, performance.now());
  });
  server.addHook("preValidation", (request, reply, next) => {
    if (isAlwaysOpen(request)) return next();
    const reason = places.endSending(request, performance.now());
    return reason === null ? next() : refuse({ request, reply, reason });
  });
  server.addHook("onSend", async (request) => {
    places.release(request);
  });
}

const OVERLOAD = { reason: "overload" };

function isAlwaysOpen({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.config.isAlwaysOpen === true;
}
