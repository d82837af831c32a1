import underPressure from "@fastify/under-pressure";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import { publicError } from "../errors.ts";
import type { AdmissionMetrics } from "./admission-metrics.ts";
import { answerRefusal } from "./error-answers.ts";
import { Places } from "./places.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Answered however busy the process is, and takes no place: for those who look after it. */
    isAlwaysOpen?: true;
  }
}

/** How often the mean delay of the event loop is taken. */
const SAMPLE_MS = 500;
/** Of the places, what is always there, so that one long pause refuses nobody on a quiet server. */
const ALWAYS_THERE = 1 / 4;
/** Those who were refused at one moment come back in so many different seconds. */
const SPREAD_S = 3;

/**
 * Bounds what the process works on at once: a request that finds no place is refused with 503 and
 * Retry-After (RFC 9110 section 10.2.3), before its token is checked and its body read. A place is held
 * until the answer is made; how slowly a client takes it in is no matter.
 */
export async function registerAdmission(
  server: FastifyInstance,
  config: Pick<Config, "maxRequestsInFlight" | "maxEventLoopDelayMs">,
  metrics: AdmissionMetrics | null,
): Promise<void> {
  await server.register(underPressure, {
    maxEventLoopDelay: config.maxEventLoopDelayMs,
    sampleInterval: SAMPLE_MS,
    // It only measures: whom to refuse is decided below, where it is known how much is in flight.
    pressureHandler: () => undefined,
  });
  const places = new Places<FastifyRequest>(config.maxRequestsInFlight);
  const fewAre = Math.ceil(config.maxRequestsInFlight * ALWAYS_THERE);
  metrics?.watch(() => places.taken);
  let refused = 0;
  const refuse = (
    reason: "in_flight" | "event_loop",
    to: { request: FastifyRequest; reply: FastifyReply },
  ): FastifyReply => {
    metrics?.refused(reason);
    refused += 1;
    void to.reply.header("retry-after", 1 + (refused % SPREAD_S));
    const refusal = publicError("SERVICE_UNAVAILABLE", { reason: "overload" });
    return answerRefusal({ ...to, refusal });
  };

  server.addHook("onRequest", (request, reply, next) => {
    if (request.routeOptions.config.isAlwaysOpen === true) return next();
    if (places.taken >= fewAre && server.isUnderPressure())
      return void refuse("event_loop", { request, reply });
    if (!places.take(request, performance.now()))
      return void refuse("in_flight", { request, reply });
    next();
  });
  server.addHook("preParsing", (request, _reply, payload, next) => {
    places.beginSending(request, performance.now());
    next(null, payload);
  });
  server.addHook("preValidation", (request, reply, next) => {
    if (request.routeOptions.config.isAlwaysOpen === true) return next();
    if (!places.endSending(request, performance.now()))
      return void refuse("in_flight", { request, reply });
    next();
  });
  server.addHook("onSend", (request, _reply, payload, next) => {
    places.release(request);
    next(null, payload);
  });
}
