// Apollo and type-graphql with a global middleware that asks CASL about every field.
import "reflect-metadata";
import { buildSchemaSync } from "type-graphql";
import { serveByApollo } from "./apollo.ts";
import { askCasl, ItemResolver, RootResolver, TransferResolver } from "./typegraphql-schema.ts";

await serveByApollo(
  buildSchemaSync({
    resolvers: [RootResolver, TransferResolver, ItemResolver],
    globalMiddlewares: [askCasl],
    validate: false,
  }),
);
