import { createExecutor } from "../../src/execution/executor.ts";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import {
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import { publicError } from "../../src/errors.ts";
import { createGraphqlServer } from "../../src/graphql/apollo.ts";
import { costOf } from "../../src/graphql/gatekeeper.ts";
import { type QueryLimits, queryLimits } from "../../src/graphql/limits.ts";
import { createLogger } from "../../src/http/logger.ts";
import { createHttpServer, type HttpServices } from "../../src/http/server.ts";
import type { Caller } from "../../src/identity/caller.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { DEMO_PRINCIPALS } from "../../src/identity/demo-principals.ts";
import {
  type DevelopmentIssuer,
  openDevelopmentIssuer,
} from "../../src/identity/development-issuer.ts";
import { createIdentify } from "../../src/identity/identify.ts";
import type { PrincipalRecord } from "../../src/identity/principal-directory.ts";
import { createTokenVerifier } from "../../src/identity/token-verifier.ts";

/** A value that no answer and no log may ever hold. */
export const CANARY = "canary-7f3a9c";

interface TinyContext {
  readonly caller: Caller;
}

const node = new GraphQLInterfaceType({
  name: "Node",
  fields: { id: { type: new GraphQLNonNull(GraphQLID) } },
});

const customer: GraphQLObjectType = new GraphQLObjectType({
  name: "Customer",
  interfaces: [node],
  isTypeOf: () => true,
  fields: () => ({
    id: { type: new GraphQLNonNull(GraphQLID) },
    fullName: { type: GraphQLString },
    friends: { type: customerConnection, args: { first: { type: GraphQLInt } } },
  }),
});

const customerConnection = new GraphQLObjectType({
  name: "CustomerConnection",
  fields: {
    totalCount: { type: GraphQLInt },
    nodes: { type: new GraphQLList(customer) },
  },
});

const filter: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: "CustomerFilter",
  fields: () => ({
    phone: { type: GraphQLString },
    total: { type: GraphQLFloat },
    and: { type: new GraphQLList(new GraphQLNonNull(filter)) },
  }),
});

const someone = { id: "1", fullName: "Li Na", friends: { totalCount: 0, nodes: [] } };

/** What the resolvers of the tiny schema were asked, so that a test can claim that none ran. */
export const resolved: string[] = [];

function query(): GraphQLObjectType {
  return new GraphQLObjectType({
    name: "Query",
    fields: {
      customer: {
        type: customer,
        args: { id: { type: new GraphQLNonNull(GraphQLID) } },
        resolve: () => {
          resolved.push("customer");
          return someone;
        },
      },
      customers: {
        type: customerConnection,
        args: { first: { type: GraphQLInt }, filter: { type: filter } },
        resolve: () => {
          resolved.push("customers");
          return { totalCount: 1, nodes: [someone] };
        },
      },
      hidden: {
        type: customer,
        resolve: () => {
          throw publicError("NOT_FOUND");
        },
      },
      broken: {
        type: GraphQLString,
        resolve: () => {
          throw Object.assign(new Error(`Key (id_number)=(${CANARY}) already exists.`), {
            code: "23505",
            detail: CANARY,
          });
        },
      },
      slow: {
        type: GraphQLString,
        resolve: async () => {
          resolved.push("slow");
          await wait(300);
          return "done";
        },
      },
      cost: {
        type: GraphQLInt,
        resolve: (_root, _args, context: object) => costOf(context)?.asked,
      },
    },
  });
}

const mutation = new GraphQLObjectType({
  name: "Mutation",
  fields: { touch: { type: GraphQLString, resolve: () => resolved.push("touch") && "touched" } },
});

const WORLD_LIMITS = queryLimits({
  maxDepth: 8,
  maxAliases: 10,
  maxTokens: 2_000,
  maxPageSize: 100,
  maxCost: 5_000,
});

/** A server with a tiny schema, real tokens and a real socket. */
export interface HttpWorld {
  readonly url: string;
  readonly server: FastifyInstance;
  readonly issuer: DevelopmentIssuer;
  /** Everything that was logged, as the lines that were written. */
  readonly logged: () => string;
  /** Sends an operation, or a body as it is, with the token of a demo caller, or without one for null. */
  readonly ask: (operation: object | string, options?: AskOptions) => Promise<Answer>;
  readonly tokenOf: (name: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

interface AskOptions {
  as?: string | null;
  headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: {
    data?: Record<string, unknown> | null;
    errors?: {
      message: string;
      locations?: unknown;
      path?: unknown;
      extensions: Record<string, unknown>;
    }[];
    extensions?: Record<string, unknown>;
  };
}

type Overrides = Partial<Pick<HttpServices<TinyContext>, "health" | "createContext" | "now">> & {
  config?: Partial<HttpServices<TinyContext>["config"]>;
  limits?: Partial<QueryLimits>;
};

export async function startHttpWorld(overrides: Overrides = {}): Promise<HttpWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), "custodia-http-"));
  const issuer = await openDevelopmentIssuer({ dataDir, mode: "development" });
  const lines: string[] = [];
  const destination = new PassThrough().on("data", (line: Buffer) => lines.push(line.toString()));
  const logger = createLogger({ level: "debug", destination });
  const production = overrides.config?.mode === "production";
  const schema = new GraphQLSchema({ query: query(), mutation });
  const server = await createHttpServer<TinyContext>({
    config: {
      mode: "development",
      trustProxy: [],
      publicUrl: null,
      maxBodyBytes: 65_536,
      maxRequestsInFlight: 256,
      lateAfterMs: 1_000,
      rateLimitPerMinute: 100_000,
      shutdownGraceMs: 5_000,
      ...overrides.config,
    },
    graphql: createGraphqlServer<TinyContext>({
      api: { schema, execute: createExecutor({ schema, guardOf: () => null }) },
      limits: { ...WORLD_LIMITS, ...overrides.limits },
      production,
      logger,
    }),
    authzen: null,
    identify: createIdentify({
      verifyToken: createTokenVerifier({
        issuers: [issuer.trusted],
        clockToleranceS: 5,
        maxAgeS: 86_400,
      }),
      directory: {
        find: async ({ subject }) => recordWithId(subject),
      },
      revokedTokens: { has: async () => false },
    }),
    createContext: overrides.createContext ?? (({ caller }) => ({ caller })),
    health: overrides.health ?? { checkDatabase: async () => undefined },
    jwks: production ? null : issuer.jwks,
    logger,
    ide: production ? null : issuer,
    ...(overrides.now !== undefined && { now: overrides.now }),
  });
  await server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  async function tokenOf(name: string): Promise<string> {
    const demoCaller = DEMO_CALLERS.find((caller) => caller.name === name);
    if (demoCaller === undefined) throw new Error(`no demo caller ${name}`);
    return issuer.issueDemoToken({ demoCaller, now: new Date() });
  }

  return {
    url,
    server,
    issuer,
    tokenOf,
    logged: () => lines.join(""),
    ask: async (operation, { as = "cs-agent", headers = {} } = {}) => {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(as !== null && { authorization: `Bearer ${await tokenOf(as)}` }),
          ...headers,
        },
        body: typeof operation === "string" ? operation : JSON.stringify(operation),
      });
      return answerOf(response);
    },
    close: async () => {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function recordWithId(id: string): PrincipalRecord | null {
  return DEMO_PRINCIPALS.find((record) => record.id === id) ?? null;
}

/** Reads a response whole. */
export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  const json = (isJson ? JSON.parse(text) : {}) as Answer["json"];
  return { status: response.status, headers: response.headers, text, json };
}
