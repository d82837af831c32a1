import type { ApolloServer } from "@apollo/server";
import Fastify, { type FastifyInstance } from "fastify";
import type { JSONWebKeySet } from "jose";
import type { Logger } from "pino";
import type { LogProofs } from "../audit/log-proofs.ts";
import type { Config } from "../config.ts";
import type { CallerContext } from "../graphql/gatekeeper.ts";
import type { Identify } from "../identity/identify.ts";
import { registerAdmission } from "./admission.ts";
import type { AdmissionMetrics } from "./admission-metrics.ts";
import { registerAuditRoutes } from "./audit-routes.ts";
import { type AuthzenAnswers, registerAuthzenRoutes } from "./authzen-routes.ts";
import { refuseBrokenRequest } from "./broken-request.ts";
import { answerRefusal, registerErrorAnswers } from "./error-answers.ts";
import { type CreateContext, registerGraphqlRoute } from "./graphql-route.ts";
import { type EvidenceDelivery, registerEvidenceRoute } from "./evidence-route.ts";
import { type Health, registerHealthRoutes } from "./health-routes.ts";
import { type DemoTokens, registerIde } from "./ide-routes.ts";
import { connectionsEnded } from "./listen.ts";
import { registerMetricsRoute, type ServedMetrics } from "./metrics-route.ts";
import { registerOpenRoutes } from "./open-routes.ts";
import { refusalFor } from "./problem.ts";
import { registerRateLimit } from "./rate-limit.ts";
import { registerRequestScope } from "./request-begin.ts";
import { requestIdOf } from "./request-id.ts";
import { registerSecurityHeaders } from "./security-headers.ts";
import { registerShutdown } from "./shutdown.ts";

/** How long a client may take to send one request. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Everything that the HTTP server is built from. */
export interface HttpServices<Context extends CallerContext> {
  readonly config: Pick<
    Config,
    | "mode"
    | "trustProxy"
    | "publicUrl"
    | "maxBodyBytes"
    | "maxRequestsInFlight"
    | "lateAfterMs"
    | "rateLimitPerMinute"
    | "shutdownGraceMs"
  >;
  /** Not started yet: the HTTP server starts and stops it. */
  readonly graphql: ApolloServer<Context>;
  readonly identify: Identify;
  readonly createContext: CreateContext<Context>;
  /** Null leaves the AuthZEN API out. */
  readonly authzen: AuthzenAnswers<Context> | null;
  /** Gives bundles of evidence; null leaves their route out. */
  readonly evidence?: EvidenceDelivery | null;
  readonly health: Health;
  /** Public keys of the development issuer; null in production. */
  readonly jwks: JSONWebKeySet | null;
  readonly logger: Logger;
  /** Gives the IDE page tokens of demo callers; null, as in production, leaves the page out. */
  readonly ide: DemoTokens | null;
  /** What is told to everybody of the decision log; null leaves it out. */
  readonly log?: LogProofs | null;
  /** Null where they are not read, or read at another address. */
  readonly metrics?: ServedMetrics | null;
  /** Hears how many requests are in flight and refused. */
  readonly admission?: AdmissionMetrics | null;
  readonly now?: () => Date;
}

/** Builds the server with all its routes; it listens when `listen()` is called. */
export async function createHttpServer<Context extends CallerContext>(
  services: HttpServices<Context>,
): Promise<FastifyInstance> {
  const { config, graphql, identify, createContext, health, jwks, logger, ide } = services;
  const now = services.now ?? (() => new Date());
  const server: FastifyInstance = Fastify({
    // Fastify would log paths and messages; we write our own line for each request.
    logger: false,
    genReqId: requestIdOf,
    requestIdHeader: false,
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    bodyLimit: config.maxBodyBytes,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: "idle",
    // What arrives on an open connection while we stop is still answered; the connection then closes.
    return503OnClosing: false,
    clientErrorHandler: refuseBrokenRequest,
    frameworkErrors: (error, request, reply) =>
      void answerRefusal({ refusal: refusalFor(error), request, reply }),
  });
  // JSON is the only body that we read; everything else is 415 (and no form can be forged).
  server.removeContentTypeParser("text/plain");

  registerErrorAnswers(server);
  registerRequestScope(server, logger);
  registerSecurityHeaders(server, config.mode === "production");
  const isStopping = registerShutdown(server, config.shutdownGraceMs);
  registerAdmission(server, config, services.admission ?? null);
  const countRequest = await registerRateLimit(server, config.rateLimitPerMinute);

  await graphql.start();
  server.addHook("onClose", () => stopAtTheEnd(server, graphql));
  registerGraphqlRoute(server, { graphql, identify, createContext, countRequest, now });
  if (services.authzen !== null)
    registerAuthzenRoutes(server, {
      answers: services.authzen,
      identify,
      createContext,
      countRequest,
      now,
      publicUrl: config.publicUrl,
      production: config.mode === "production",
    });
  if (services.evidence)
    registerEvidenceRoute(server, { identify, countRequest, now, delivery: services.evidence });
  registerHealthRoutes(server, { health, isStopping });
  registerOpenRoutes(server, jwks);
  if (services.log != null) registerAuditRoutes(server, { proofs: services.log, countRequest });
  if (services.metrics != null) registerMetricsRoute(server, services.metrics);
  if (ide !== null && config.mode !== "production") await registerIde(server, { tokens: ide, now });
  await server.ready();
  return server;
}

/** These hooks run before the last requests are answered, and whoever is stopped answers them with 500. */
async function stopAtTheEnd(
  instance: FastifyInstance,
  graphql: Pick<ApolloServer, "stop">,
): Promise<void> {
  const { server } = instance;
  const stop = (): Promise<void> => connectionsEnded(instance).then(() => graphql.stop());
  if (server.listening) server.once("close", () => void stop());
  else await stop();
}
