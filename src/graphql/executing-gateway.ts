import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import type { ExecutableSchema } from "./schema.ts";

/**
 * Lets Apollo Server run operations with our executor: a gateway is the one place where it takes another
 * one than that of graphql-js. There is no graph behind it but our own schema, which never changes.
 */
export function executingGateway({ schema, execute }: ExecutableSchema): Gateway {
  return {
    load: async () => ({
      executor: ({ document, request, context }) =>
        execute({
          document,
          operationName: request.operationName,
          variables: request.variables,
          context,
        }) as ReturnType<Executor>,
    }),
    onSchemaLoadOrUpdate: (hear) => {
      hear({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    stop: async () => undefined,
  };
}

type Gateway = ApolloServerOptionsWithGateway<never>["gateway"];
type Executor = NonNullable<Awaited<ReturnType<Gateway["load"]>>["executor"]>;
