import { spawn } from "node:child_process";
import { join } from "node:path";

/** One HTTP request. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What is sent to a server, by how many at once. */
export interface Load {
  readonly url: string;
  /** One after the other on each connection, then from the start again. */
  readonly requests: readonly HttpRequest[];
  readonly seconds: number;
  readonly connections: number;
  /** Requests per second over all connections; as many as are answered where left out. */
  readonly overallRate?: number;
}

/** What came of a round. Times are in milliseconds, of answers with status 200. */
export interface LoadResult {
  readonly rate: number;
  readonly accepted: number;
  readonly refused: number;
  readonly withoutRetryAfter: number;
  readonly errors: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  readonly bytes: number;
  readonly seconds: number;
}

const CHILD = join(import.meta.dirname, "load-child.mjs");

/** Sends one round from a process of its own. */
export async function sendLoad(load: Load): Promise<LoadResult> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(load)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error("A round of load failed.");
  return JSON.parse(printed) as LoadResult;
}

/**
 * The same, where every answer has to be a good one or an orderly refusal (503). A machine that is so busy that
 * nothing is answered in the time gets four times as much.
 */
export async function sendGoodLoad(load: Load): Promise<LoadResult> {
  const first = await sendLoad(load);
  const result =
    answersIn(first) === 0 ? await sendLoad({ ...load, seconds: load.seconds * 4 }) : first;
  const { accepted, refused, errors } = result;
  if (errors > 0 || answersIn(result) !== accepted + refused || accepted === 0)
    throw new Error(
      `Not every answer was good: ${JSON.stringify(result.statuses)}, ${errors} errors, ${load.url}`,
    );
  return result;
}

function answersIn({ statuses }: LoadResult): number {
  return Object.values(statuses).reduce((sum, count) => sum + count, 0);
}

/** Sends a request once and gives the text of its answer. */
export async function askOnce(
  address: string,
  request: HttpRequest,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${address}${request.path}`, {
    method: request.method,
    ...(request.headers === undefined ? {} : { headers: request.headers }),
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  return { status: response.status, text: await response.text() };
}
