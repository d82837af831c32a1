import { join } from "node:path";
import type { TokenOf } from "./callers.ts";
import { type Server, startServer } from "./run/children.ts";
import type { HttpRequest } from "./run/load.ts";
import { CLI } from "./run/product.ts";
import type { Question } from "./workloads.ts";

/** Somebody who serves the rows. */
export interface Peer {
  readonly name: string;
  readonly label: string;
  start(url: string, env: NodeJS.ProcessEnv): Promise<Server>;
  request(question: Question, tokenOf: TokenOf): Promise<HttpRequest>;
}

const script = (name: string): string => join(import.meta.dirname, "peers", `${name}.ts`);

/** As `npm start` runs it, on a database that is there already. */
export function startCustodia(url: string, env: NodeJS.ProcessEnv): Promise<Server> {
  return startServer(["--enable-source-maps", CLI, "serve"], { ...env, DATABASE_URL: url });
}

const ours = async (question: Question, tokenOf: TokenOf): Promise<HttpRequest> => ({
  method: "POST",
  path: "/graphql",
  headers: {
    "content-type": "application/json",
    authorization: `Bearer ${await tokenOf(question.caller)}`,
  },
  body: JSON.stringify({ query: question.query, variables: question.variables }),
});

const theirs = (question: Question): HttpRequest => ({
  method: "POST",
  path: "/graphql",
  headers: { "content-type": "application/json", "x-bench-caller": question.caller },
  body: JSON.stringify({ query: question.query }),
});

const peer = (name: string, label: string): Peer => ({
  name,
  label,
  start: (url, env) => startServer([script(name), url], env),
  request: async (question) => theirs(question),
});

/** All of them, in the order in which they are told. */
export const PEERS: readonly Peer[] = [
  {
    ...peer("floor", "floor: Fastify, prepared `pg`, JSON; no GraphQL, no policy"),
    request: async (question) => ({
      method: "GET",
      path: floorPath(question.query),
      headers: { "x-bench-caller": question.caller },
    }),
  },
  {
    name: "custodia",
    label: "custodia, everything on",
    start: startCustodia,
    request: ours,
  },
  {
    name: "policy-off",
    label: "custodia without guard (bench only)",
    start: (url, env) =>
      startServer(["--enable-source-maps", script("custodia-unguarded")], {
        ...env,
        DATABASE_URL: url,
        AUDIT_SEALER: "off",
      }),
    request: ours,
  },
  {
    ...peer("postgraphile", "PostGraphile 5, row security and masking views"),
    request: async (question) => theirs({ ...question, query: forPostgraphile(question.query) }),
  },
  peer("shield", "Apollo + type-graphql + graphql-shield asking CASL"),
  peer("middleware", "Apollo + type-graphql global middleware asking CASL"),
  peer("mercurius", "Mercurius (JIT) + mercurius-auth asking CASL"),
];

/** The peer of that name. */
export function peerNamed(name: string): Peer {
  const found = PEERS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no peer ${name}.`);
  return found;
}

function floorPath(query: string): string {
  const id = /customer\(id: "([^"]+)"\)/.exec(query)?.[1];
  if (id !== undefined) return `/customer/${id}`;
  const [first, items] = [...query.matchAll(/first: (\d+)/g)].map(([, number]) => number);
  return query.includes("transfers(")
    ? `/transfers?first=${first}&items=${items}`
    : `/customers?first=${first}`;
}

/** PostGraphile names lists after their tables and finds nodes by a condition. */
function forPostgraphile(query: string): string {
  return query
    .replace("customers(", "customers: allCustomers(")
    .replace("transfers(", "transfers: allTransfers(")
    .replace("customer(id:", "customer: customerByRowId(rowId:");
}
