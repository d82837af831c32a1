import type { FastifyInstance, FastifyRequest } from "fastify";
import { publicError } from "../errors.ts";
import { requestScope } from "../graphql/request-scope.ts";
import { AUTHZEN_PATH } from "./error-answers.ts";
import type { CreateContext } from "./graphql-route.ts";
import { identified, type IdentifyServices } from "./identified.ts";
import { scopeOf } from "./request-begin.ts";

const METADATA_MAX_AGE_S = 300;

/** Section 10.1 of the Authorization API 1.0: endpoints by their names in the metadata. */
const PATHS = {
  access_evaluation_endpoint: `${AUTHZEN_PATH}evaluation`,
  access_evaluations_endpoint: `${AUTHZEN_PATH}evaluations`,
  search_subject_endpoint: `${AUTHZEN_PATH}search/subject`,
  search_resource_endpoint: `${AUTHZEN_PATH}search/resource`,
  search_action_endpoint: `${AUTHZEN_PATH}search/action`,
} as const;

/** What answers the messages of each endpoint. */
export type AuthzenAnswers<Context> = Readonly<
  Record<keyof typeof PATHS, (body: unknown, context: Context) => Promise<object>>
>;

/**
 * OpenID AuthZEN Authorization API 1.0, HTTPS binding (section 10.1): the token is checked and the
 * request counted as for GraphQL, and nobody is answered without a token.
 */
export function registerAuthzenRoutes<Context>(
  server: FastifyInstance,
  services: IdentifyServices & {
    readonly answers: AuthzenAnswers<Context>;
    readonly createContext: CreateContext<Context>;
    /** Null in development: the address by which the client came. */
    readonly publicUrl: string | null;
    readonly production: boolean;
  },
): void {
  const { onRequest, contextRequest } = identified(services);
  for (const name of Object.keys(PATHS) as (keyof typeof PATHS)[])
    server.post(PATHS[name], {
      onRequest: async (request, reply) => {
        // Section 10.1.3: the very identifier that was sent, however our log calls the request.
        const { "x-request-id": given } = request.headers;
        if (typeof given === "string") void reply.header("x-request-id", given);
        await onRequest(request, reply);
        if (request.caller === null || request.caller.id === "")
          throw publicError("UNAUTHENTICATED");
      },
      handler: (request) =>
        requestScope.run(scopeOf(request), async () =>
          services.answers[name](
            request.body,
            await services.createContext(contextRequest(request)),
          ),
        ),
    });
  registerMetadata(server, services);
}

/** Section 9.2.2. Names of hosts are not taken from requests in production, so that nobody is led astray. */
function registerMetadata(
  server: FastifyInstance,
  { publicUrl, production }: { readonly publicUrl: string | null; readonly production: boolean },
): void {
  const urlFor = ({ protocol, host }: FastifyRequest): string | null =>
    publicUrl ?? (production ? null : `${protocol}://${host}`);
  server.get("/.well-known/authzen-configuration", async (request, reply) => {
    const url = urlFor(request);
    if (url === null) throw publicError("NOT_FOUND");
    const endpoints = Object.entries(PATHS).map(([name, path]) => [name, url + path]);
    void reply.header("cache-control", `public, max-age=${METADATA_MAX_AGE_S}`);
    return { policy_decision_point: url, ...Object.fromEntries(endpoints) };
  });
}
