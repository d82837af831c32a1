// Apollo and type-graphql with rules of graphql-shield that ask CASL about every field. A rule can only let
// through or not, so masks are made by resolvers, which ask CASL for the level.
import "reflect-metadata";
import { createRequire } from "node:module";
import type * as GraphqlMiddleware from "graphql-middleware";
import type * as GraphqlShield from "graphql-shield";
import { buildSchemaSync } from "type-graphql";
import { serveByApollo } from "./apollo.ts";
import type { PeerContext } from "./loaders.ts";
import type { CustomerRow } from "./rows.ts";
import { RULED } from "./rules.ts";
import {
  ItemResolver,
  MaskingResolver,
  RootResolver,
  TransferResolver,
} from "./typegraphql-schema.ts";

const require = createRequire(import.meta.url);
// graphql-shield 7.6.5 still calls a function that Node 23 took out.
(require("node:util") as { isUndefined?: unknown }).isUndefined ??= (value: unknown) =>
  value === undefined;
const { rule, shield } = require("graphql-shield") as typeof GraphqlShield;
const { applyMiddleware } = require("graphql-middleware") as typeof GraphqlMiddleware;

// What depends on the caller alone is kept for the request, as shield's documentation recommends. What
// depends on the row can't be: kept so, one row's answer would be every row's.
const isKnown = rule("isKnown", { cache: "contextual" })(
  (_parent, _args, { caller }: PeerContext) => caller.id !== "",
);
const maySee = (field: string) =>
  rule(`maySee-${field}`, { cache: "no_cache" })(
    (row: CustomerRow, _args, { ability }: PeerContext) => ability.can("see", row as never, field),
  );

const schema = buildSchemaSync({
  resolvers: [RootResolver, TransferResolver, ItemResolver, MaskingResolver],
  validate: false,
});
const permissions = shield(
  {
    Query: { customer: isKnown, customers: isKnown, transfers: isKnown },
    Customer: Object.fromEntries(RULED.map((field) => [field, maySee(field)])),
  },
  { allowExternalErrors: true },
);
await serveByApollo(applyMiddleware(schema, permissions));
