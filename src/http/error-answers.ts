import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { publicError, type PublicError } from "../errors.ts";
import { faultTrace } from "../lib/fault-trace.ts";
import { graphqlRefusalOf, messageOf, PROBLEM_JSON, problemOf, refusalFor } from "./problem.ts";
import { scopeOf } from "./request-begin.ts";

export const GRAPHQL_PATH = "/graphql";
/** Everything of the AuthZEN API lies below it. */
export const AUTHZEN_PATH = "/access/v1/";
const PLAIN_TEXT = "text/plain; charset=utf-8";
const GRAPHQL_JSON = "application/graphql-response+json";

/**
 * Answers everything that fails outside GraphQL's own execution: in the shape of GraphQL at its
 * path, as a message in plain text to AuthZEN clients (section 10.1.2 of the Authorization API 1.0), as
 * problem+json elsewhere, and always from the one table of codes.
 */
export function registerErrorAnswers(server: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  server.addHook("onRoute", ({ url, method }) => {
    const known = methods.get(url) ?? new Set<string>();
    for (const one of [method].flat()) known.add(one);
    methods.set(url, known);
  });

  server.setErrorHandler((error, request, reply) => {
    const refusal = refusalFor(error);
    const { log } = scopeOf(request);
    if (refusal.status >= 500) log.error({ code: refusal.code, fault: faultTrace(error) }, "fault");
    else if (typeof refusal.cause === "string")
      log.info({ code: refusal.code, why: refusal.cause }, "refused");
    return answerRefusal({ refusal, request, reply });
  });

  server.setNotFoundHandler((request, reply) => {
    const allowed = methods.get(pathOf(request));
    if (allowed === undefined)
      return answerRefusal({ refusal: publicError("NOT_FOUND"), request, reply });
    void reply.header("allow", [...allowed].sort().join(", "));
    return answerRefusal({ refusal: publicError("METHOD_NOT_ALLOWED"), request, reply });
  });
}

/** Says no, in the shape that the path's clients read. */
export function answerRefusal(to: {
  refusal: PublicError;
  request: FastifyRequest;
  reply: FastifyReply;
}): FastifyReply {
  const { refusal, request, reply } = to;
  request.scope?.errorCodes.add(refusal.code);
  void reply.code(refusal.status);
  if (refusal.status === 503 && !reply.hasHeader("retry-after"))
    void reply.header("retry-after", "1");
  if (pathOf(request).startsWith(AUTHZEN_PATH))
    return reply.type(PLAIN_TEXT).send(messageOf(refusal));
  if (pathOf(request) !== GRAPHQL_PATH)
    return reply.type(PROBLEM_JSON).send(problemOf(refusal, request.id));
  const takesGraphqlJson = request.headers.accept?.includes(GRAPHQL_JSON) === true;
  return reply
    .type(`${takesGraphqlJson ? GRAPHQL_JSON : "application/json"}; charset=utf-8`)
    .send(graphqlRefusalOf(refusal, request.id));
}

function pathOf(request: FastifyRequest): string {
  return request.url.split("?", 1)[0] ?? "";
}
