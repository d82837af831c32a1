import type { ApolloServer } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { PublicError } from "../errors.ts";
import type { CallerContext } from "../graphql/gatekeeper.ts";
import { requestScope } from "../graphql/request-scope.ts";
import type { Caller } from "../identity/caller.ts";
import { GRAPHQL_PATH } from "./error-answers.ts";
import { identified, type IdentifyServices } from "./identified.ts";
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
  services: IdentifyServices & {
    readonly graphql: ApolloServer<Context>;
    readonly createContext: CreateContext<Context>;
  },
): void {
  const handle = fastifyApolloHandler(services.graphql, { context: contextOf });
  const { onRequest, contextRequest } = identified(services);

  server.route({
    method: ["GET", "POST"],
    url: GRAPHQL_PATH,
    exposeHeadRoute: false,
    onRequest,
    handler: (request, reply) =>
      requestScope.run(scopeOf(request), async () => handle.call(server, request, reply)),
  });

  async function contextOf(request: FastifyRequest): Promise<Context> {
    try {
      return await services.createContext(contextRequest(request));
    } catch (refusal) {
      throw refusal instanceof PublicError ? asGraphqlError(refusal) : refusal;
    }
  }
}

/** Apollo answers 500 to a context that fails, unless the error says its status. */
function asGraphqlError(originalError: PublicError): GraphQLError {
  const extensions = { code: originalError.code, http: { status: originalError.status } };
  return new GraphQLError(originalError.message, { originalError, extensions });
}
