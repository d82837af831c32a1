import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from "@as-integrations/fastify";
import Fastify from "fastify";
import type { GraphQLSchema } from "graphql";
import { type PeerContext, peerContext } from "./loaders.ts";
import { CALLER_HEADER, peerCaller, Rows } from "./rows.ts";

/** Serves a schema by Apollo on Fastify, with what costs and helps nobody switched off. */
export async function serveByApollo(schema: GraphQLSchema): Promise<void> {
  const rows = new Rows(process.argv[2] ?? "", { withAttributes: true });
  const server = Fastify({ logger: false });
  const apollo = new ApolloServer<PeerContext>({
    schema,
    nodeEnv: "production",
    stopOnTerminationSignals: false,
    persistedQueries: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      fastifyApolloDrainPlugin(server),
    ],
  });
  await apollo.start();
  server.route({
    method: "POST",
    url: "/graphql",
    handler: fastifyApolloHandler(apollo, {
      context: async ({ headers }) => peerContext(rows, peerCaller(headers[CALLER_HEADER])),
    }),
  });
  console.log(await server.listen({ port: 0, host: "127.0.0.1" }));
  process.once("SIGTERM", () => process.exit(0));
}
