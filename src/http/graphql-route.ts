import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { PublicError } from "../errors.ts";
import type { CallerContext } from "../graphql/gatekeeper.ts";
import { requestScope } from "../graphql/request-scope.ts";
import { ANONYMOUS_CALLER } from "../identity/anonymous.ts";
import type { Caller } from "../identity/caller.ts";
import type { Identify } from "../identity/identify.ts";
import { GRAPHQL_PATH } from "./error-answers.ts";
import type { CountRequest } from "./rate-limit.ts";
import { scopeOf } from "./request-begin.ts";

/** What a GraphQL context is made of; `now` holds for the whole request. */
export interface ContextRequest {
  readonly caller: Caller;
  readonly now: Date;
  readonly requestId: string;
  readonly log: Logger;
}

export type CreateContext<Context> = (request: ContextRequest) => Context | Promise<Context>;

/**
 * Serves GraphQL over HTTP: POST, and GET for queries that a browser cannot be tricked into
 * sending. The token is checked and the request counted before its body is read.
 */
export function registerGraphqlRoute<Context extends CallerContext>(
  server: FastifyInstance,
  services: {
    graphql: ApolloServer<Context>;
    identify: Identify;
    createContext: CreateContext<Context>;
    countRequest: CountRequest;
    now: () => Date;
  },
): void {
  const handle = fastifyApolloHandler(services.graphql, { context: contextOf });
  const begun = new WeakMap<FastifyRequest, Date>();

  server.route({
    method: ["GET", "POST"],
    url: GRAPHQL_PATH,
    exposeHeadRoute: false,
    onRequest: async (request, reply) => {
      const now = services.now();
      begun.set(request, now);
      try {
        request.caller = await services.identify({ ...credentialsOf(request), now });
      } finally {
        // A refused token counts too, for its address.
        await services.countRequest(request, reply);
      }
    },
    handler: (request, reply) =>
      requestScope.run(scopeOf(request), async () => handle.call(server, request, reply)),
  });

  async function contextOf(request: FastifyRequest): Promise<Context> {
    const { requestId, log } = scopeOf(request);
    const caller = request.caller ?? ANONYMOUS_CALLER;
    const now = begun.get(request) ?? services.now();
    try {
      return await services.createContext({ caller, now, requestId, log });
    } catch (refusal) {
      throw refusal instanceof PublicError ? asGraphqlError(refusal) : refusal;
    }
  }
}

function credentialsOf(request: FastifyRequest): Omit<Parameters<Identify>[0], "now"> {
  const { authorization, "x-purpose": purpose } = request.headers;
  // A repeated header arrives joined or as a list, and names no purpose that anybody has.
  const purposeHeader = Array.isArray(purpose) ? purpose.join(", ") : purpose;
  return { authorization, purposeHeader, remoteAddress: request.ip };
}

/** Apollo answers 500 to a context that fails, unless the error says its status. */
function asGraphqlError(originalError: PublicError): GraphQLError {
  const extensions = { code: originalError.code, http: { status: originalError.status } };
  return new GraphQLError(originalError.message, { originalError, extensions });
}
