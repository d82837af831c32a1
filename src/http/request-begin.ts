import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { RequestScope } from "../graphql/request-scope.ts";
import { publicError } from "../errors.ts";
import type { Caller } from "../identity/caller.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set by the first hook of every request. */
    scope: RequestScope | null;
    /** Who asks; null on routes that do not want to know, and until the token was checked. */
    caller: Caller | null;
  }
}

/** The scope of a request that has begun. */
export function scopeOf(request: FastifyRequest): RequestScope {
  if (request.scope === null)
    throw new Error("The request has no scope: its first hook is missing.");
  return request.scope;
}

/**
 * Begins and ends every request: gives it an id, says it back, and writes one line when it is
 * over. The line holds the route and never the path or the query string, which may hold values.
 */
export function registerRequestScope(server: FastifyInstance, logger: Logger): void {
  server.decorateRequest("scope", null);
  server.decorateRequest("caller", null);

  server.addHook("onRequest", async (request, reply) => {
    const log = logger.child({ requestId: request.id });
    request.scope = { requestId: request.id, log, operationName: null, errorCodes: new Set() };
    void reply.header("x-request-id", request.id);
    if (!URL.canParse(request.url, `http://${request.host}/`)) throw publicError("BAD_REQUEST");
  });

  server.addHook("onResponse", async (request, reply) => {
    const { log, operationName, errorCodes } = scopeOf(request);
    const { caller } = request;
    log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? "unknown",
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
        ...(operationName !== null && { operationName: operationName.slice(0, 80) }),
        ...(caller !== null &&
          caller.id !== "" && { callerId: caller.id, purpose: caller.purpose }),
        ...(errorCodes.size > 0 && { errorCodes: [...errorCodes] }),
      },
      "request",
    );
  });
}
