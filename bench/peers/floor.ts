// The floor: what the same rows cost with nothing in between. No GraphQL, no policy, no masks.
import Fastify from "fastify";
import { CALLER_HEADER, inOrder, peerCaller, Rows } from "./rows.ts";

const rows = new Rows(process.argv[2] ?? "", { withAttributes: false });
const server = Fastify({ logger: false });

server.get<{ Params: { id: string } }>("/customer/:id", async ({ params, headers }) => {
  const [customer] = await rows.customersById(peerCaller(headers[CALLER_HEADER]), [params.id]);
  return { data: { customer } };
});

server.get<{ Querystring: { first: string } }>("/customers", async ({ query, headers }) => {
  const nodes = await rows.customers(peerCaller(headers[CALLER_HEADER]), Number(query.first));
  return { data: { customers: { nodes } } };
});

server.get<{ Querystring: { first: string; items: string } }>(
  "/transfers",
  async ({ query, headers }) => {
    const caller = peerCaller(headers[CALLER_HEADER]);
    const transfers = await rows.transfers(caller, Number(query.first));
    const ids = transfers.map(({ id }) => id);
    const items = await rows.items(caller, ids, Number(query.items));
    const customers = await rows.customersById(caller, [
      ...new Set(items.map(({ customerId }) => customerId)),
    ]);
    const byId = new Map(customers.map((customer) => [customer.id, customer]));
    const byTransfer = inOrder(ids, items, ({ transferId }) => transferId);
    const nodes = transfers.map(({ code, state }, at) => ({
      code,
      state,
      items: (byTransfer[at] ?? []).map((item) => ({
        state: item.state,
        customer: byId.get(item.customerId) ?? null,
      })),
    }));
    return { data: { transfers: { nodes } } };
  },
);

console.log(await server.listen({ port: 0, host: "127.0.0.1" }));
process.once("SIGTERM", () => process.exit(0));
