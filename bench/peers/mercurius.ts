// Mercurius with its compiler of documents on, and mercurius-auth asking CASL about every field.
import Fastify from "fastify";
import mercurius from "mercurius";
import mercuriusAuth from "mercurius-auth";
import { type PeerContext, peerContext } from "./loaders.ts";
import {
  CALLER_HEADER,
  type CustomerRow,
  type ItemRow,
  peerCaller,
  Rows,
  type TransferRow,
} from "./rows.ts";
import { RULED, shown } from "./rules.ts";

const SCHEMA = `
  type Customer { id: ID! ${RULED.map((field) => `${field}: String`).join(" ")} }
  type CustomerConnection { nodes: [Customer!]! }
  type TransferItem { state: String! customer: Customer }
  type TransferItemConnection { nodes: [TransferItem!]! }
  type Transfer { code: String! state: String! items(first: Int!): TransferItemConnection! }
  type TransferConnection { nodes: [Transfer!]! }
  type Query {
    customer(id: ID!): Customer
    customers(first: Int!): CustomerConnection!
    transfers(first: Int!): TransferConnection!
  }`;
type Policy = (row: CustomerRow, context: PeerContext) => boolean;

const rows = new Rows(process.argv[2] ?? "", { withAttributes: true });
const server = Fastify({ logger: false });
await server.register(
  mercurius as never,
  {
    schema: SCHEMA,
    jit: 1,
    context: (request: { headers: Record<string, unknown> }) =>
      peerContext(rows, peerCaller(request.headers[CALLER_HEADER])),
    resolvers: {
      Query: {
        customer: (_root: unknown, { id }: { id: string }, { customers }: PeerContext) =>
          customers.load(id),
        customers: async (_root: unknown, { first }: { first: number }, context: PeerContext) => ({
          nodes: await context.rows.customers(context.caller, first),
        }),
        transfers: async (_root: unknown, { first }: { first: number }, context: PeerContext) => ({
          nodes: await context.rows.transfers(context.caller, first),
        }),
      },
      Transfer: {
        items: async (row: TransferRow, { first }: { first: number }, { items }: PeerContext) => ({
          nodes: await items(first).load(row.id),
        }),
      },
      TransferItem: {
        customer: (row: ItemRow, _args: unknown, { customers }: PeerContext) =>
          customers.load(row.customerId),
      },
      Customer: Object.fromEntries(
        RULED.map((field) => [
          field,
          (row: CustomerRow, _args: unknown, { ability }: PeerContext) =>
            shown(ability, row, field),
        ]),
      ),
    },
  } as never,
);
await server.register(
  mercuriusAuth as never,
  {
    mode: "external",
    policy: {
      Customer: Object.fromEntries(
        RULED.map((field): [string, Policy] => [
          field,
          (row, { ability }) => ability.can("see", row as never, field),
        ]),
      ),
    },
    applyPolicy: (...[policy, row, , context]: [Policy, CustomerRow, unknown, PeerContext]) =>
      policy(row, context),
  } as never,
);
console.log(await server.listen({ port: 0, host: "127.0.0.1" }));
process.once("SIGTERM", () => process.exit(0));
