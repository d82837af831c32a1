import { setTimeout as wait } from "node:timers/promises";
import { type Answer, answerOf } from "./answer.ts";

/** Who asks: one who reads the fields in clear, one who may not, or nobody. */
export type Asker = "reader" | "masked" | "nobody";

/** How the suite reaches an API. */
export interface Connection {
  readonly url: string;
  readonly maxRequests: number;
  /** Headers of each asker, with the token. */
  readonly headers: Readonly<Record<Exclude<Asker, "nobody">, Readonly<Record<string, string>>>>;
}

/** One GraphQL request. */
export interface Question {
  readonly query: string;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

const LONGEST_WAIT_S = 65;
const TIMES_TO_WAIT = 3;
const TIMEOUT_MS = 30_000;

/** Sends requests, and no more of them than it was allowed. */
export class Client {
  readonly connection: Connection;
  sent = 0;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Asks one question by POST. */
  async ask(as: Asker, question: Question): Promise<Answer> {
    return this.send(as, { body: JSON.stringify(question) });
  }

  /** Sends anything: other bodies, methods, headers, paths of the same origin. */
  async send(
    as: Asker,
    {
      path,
      body,
      method = "POST",
      headers = {},
    }: {
      path?: string;
      body?: string;
      method?: string;
      headers?: Readonly<Record<string, string>>;
    },
  ): Promise<Answer> {
    const { url, headers: own } = this.connection;
    const request: RequestInit = {
      method,
      // A redirect could lead to a host that nobody allowed.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json",
        ...(as !== "nobody" && own[as]),
        ...headers,
      },
      ...(body !== undefined && { body }),
    };
    for (let attempt = 0; ; attempt += 1) {
      if (this.sent >= this.connection.maxRequests)
        throw new Error(`the ${this.sent} requests that were allowed are used up (--max-requests)`);
      this.sent += 1;
      const startedAt = performance.now();
      const response = await fetch(path === undefined ? url : new URL(path, url), request);
      if (response.status !== 429 || attempt === TIMES_TO_WAIT)
        return answerOf(response, startedAt);
      await response.body?.cancel();
      const seconds = Number(response.headers.get("retry-after") ?? 1);
      await wait(Math.min(seconds || 1, LONGEST_WAIT_S) * 1_000);
    }
  }
}
