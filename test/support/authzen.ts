import type { TestServer } from "./start-test-server.ts";

/** An answer of the AuthZEN API; the body is text where it is no JSON. */
export interface AuthzenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AuthzenBody;
  readonly text: string;
}

/** What may stand in an answer. */
export interface AuthzenBody {
  readonly decision?: boolean;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly evaluations?: readonly AuthzenBody[];
  readonly page?: { readonly next_token: string; readonly count: number };
  readonly results?: readonly {
    readonly type?: string;
    readonly id?: string;
    readonly name?: string;
  }[];
}

/** What a test says beside the message. */
export interface AuthzenOptions {
  readonly purpose?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as it is, instead of the message. */
  readonly raw?: string | undefined;
}

/** Asks an endpoint, such as `evaluation` or `search/subject`, as a demo caller; null has no token. */
export async function askAuthzen(
  server: TestServer,
  {
    as,
    at,
    message,
    purpose,
    headers = {},
    raw,
  }: AuthzenOptions & { as: string | null; at: string; message?: unknown },
): Promise<AuthzenAnswer> {
  const response = await fetch(`${server.url}/access/v1/${at}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(as !== null && { authorization: `Bearer ${await server.tokenOf(as)}` }),
      ...(purpose !== undefined && { "x-purpose": purpose }),
      ...headers,
    },
    body: raw ?? JSON.stringify(message),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? (JSON.parse(text) as AuthzenBody) : {},
  };
}
