import "reflect-metadata";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { type App, createApp } from "../../src/app.ts";
import { loadConfig } from "../../src/config.ts";
import { createLogger } from "../../src/http/logger.ts";
import { requireDemoCaller } from "../../src/identity/demo-tokens.ts";
import { type FreshDatabase, freshDatabase } from "./fresh-database.ts";
import { postJson } from "./post-json.ts";
import { TEMPLATE_NOW } from "./template.ts";
import { testMasterKeyFile } from "./test-server.ts";

/** An answer as a client gets it; the test says what data its document asks for. */
export interface Answered<Data = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly data?: Data | null;
    readonly errors?: readonly AnsweredError[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  };
}

/** An error of an answer. */
export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What a test says beside the document. */
export interface AskOptions {
  readonly purpose?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** Settings of a server that seals what it puts on record by itself, as one does in production. */
export const SEALING: Readonly<Record<string, string>> = { AUDIT_SEALER: "on" };

/** Sends a document as a caller that was chosen before. */
export type AskAsCaller = <Data>(
  query: string,
  variables?: Readonly<Record<string, unknown>>,
) => Promise<Answered<Data>>;

/** The whole application on a real socket, over a copy of the demonstration. */
export interface TestServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Keeps the connections of tests to it. */
  readonly agent: Agent;
  readonly app: App;
  readonly database: FreshDatabase;
  /** Reads of guarded tables since the last reset, in the order in which they were sent. */
  readonly statements: readonly string[];
  resetStatements(): void;
  /** Everything that was logged. */
  logged(): string;
  /** A token of a demo caller. */
  tokenOf(caller: string): Promise<string>;
  /** Sends a document as a demo caller, or without a token for null. */
  ask<Data>(caller: string | null, query: string, options?: AskOptions): Promise<Answered<Data>>;
  /** The same caller and purpose for several documents. */
  asCaller(caller: string, purpose?: string): AskAsCaller;
  close(): Promise<void>;
}

/**
 * Starts the application as `npm start` does, but with a fixed clock, a database that no other
 * test file sees and a free port.
 *
 * @param now a time that stands still, or a clock that the test moves
 * @param beside another server, whose database this one uses as a second node
 * @param settings more of the environment, such as `{ MAX_DEPTH: "5" }`
 */
export async function startTestServer({
  now = TEMPLATE_NOW,
  beside,
  settings = {},
}: {
  now?: Date | (() => Date);
  beside?: TestServer;
  settings?: Readonly<Record<string, string>>;
} = {}): Promise<TestServer> {
  const clock = now instanceof Date ? () => now : now;
  const [database, dataDir] = await Promise.all([
    beside?.database ?? freshDatabase({ forServer: true }),
    mkdtemp(join(tmpdir(), "custodia-server-")),
  ]);
  const config = loadConfig({
    PORT: "0",
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    MASTER_KEY_FILE: testMasterKeyFile(),
    LOG_LEVEL: "debug",
    RATE_LIMIT_PER_MINUTE: "1000000",
    // Few tests look at the sealed log; they say so, or seal by hand.
    AUDIT_SEALER: "off",
    ...settings,
  });
  const lines: string[] = [];
  const destination = new PassThrough().on("data", (line: Buffer) => lines.push(line.toString()));
  const statements: string[] = [];
  const app = await createApp({
    config,
    seed: null,
    overrides: {
      now: clock,
      logger: createLogger({ level: config.logLevel, destination }),
      onStatement: (sql) => statements.push(sql),
    },
  });
  const url = await app.listen();
  const agent = new Agent({ keepAlive: true });
  const tokens = new Map<string, Promise<string>>();

  function tokenOf(caller: string): Promise<string> {
    // A token is good for minutes, so a clock that was moved needs another.
    const key = `${caller} ${clock().toISOString()}`;
    const issued = tokens.get(key) ?? issueToken(app, { caller, now: clock() });
    tokens.set(key, issued);
    return issued;
  }

  async function ask<Data>(
    caller: string | null,
    query: string,
    { purpose, variables }: AskOptions = {},
  ): Promise<Answered<Data>> {
    const answer = await postJson(`${url}/graphql`, {
      agent,
      headers: {
        ...(caller !== null && { authorization: `Bearer ${await tokenOf(caller)}` }),
        ...(purpose !== undefined && { "x-purpose": purpose }),
      },
      body: { query, variables },
    });
    return { ...answer, body: answer.body as Answered<Data>["body"] };
  }

  return {
    url,
    agent,
    app,
    database,
    statements,
    resetStatements: () => void statements.splice(0),
    logged: () => lines.join(""),
    tokenOf,
    ask,
    asCaller: (caller, purpose) => (query, variables) => ask(caller, query, { purpose, variables }),
    close: async () => {
      await app.close();
      if (beside === undefined) await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function issueToken(
  app: App,
  { caller, now }: { caller: string; now: Date },
): Promise<string> {
  if (app.developmentIssuer === null) throw new Error("Production has no demo callers.");
  return app.developmentIssuer.issueDemoToken({ demoCaller: requireDemoCaller(caller), now });
}
