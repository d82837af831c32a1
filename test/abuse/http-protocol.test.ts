import { connect } from "node:net";
import {
  answerOf,
  CANARY,
  type HttpWorld,
  resolved,
  startHttpWorld,
} from "../support/http-world.ts";

let world: HttpWorld;
beforeAll(async () => {
  world = await startHttpWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  resolved.length = 0;
});

async function send(path: string, init: RequestInit & { as?: string } = {}) {
  const { as, ...rest } = init;
  const headers = new Headers(rest.headers);
  if (as !== undefined) headers.set("authorization", `Bearer ${await world.tokenOf(as)}`);
  return answerOf(await fetch(`${world.url}${path}`, { ...rest, headers }));
}

const inUrl = (query: string) => `/graphql?query=${encodeURIComponent(query)}`;
const PREFLIGHTED = { "apollo-require-preflight": "1" };

/** Writes bytes to the socket as they are and reads what comes back. */
function raw(bytes: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const chunks: string[] = [];
  const socket = connect(Number(new URL(world.url).port), "127.0.0.1", () => socket.write(bytes));
  socket.on("data", (chunk) => chunks.push(chunk.toString()));
  socket.on("close", () => resolve(chunks.join("")));
  socket.on("error", reject);
  return promise;
}

describe("a request that another site could forge", () => {
  test("GET without a header that needs a preflight is refused", async () => {
    const { status, json } = await send(inUrl("{ customer(id: 1) { id } }"), { as: "cs-agent" });
    expect(status).toBe(400);
    expect(json.errors?.[0]?.extensions["problem"]).toMatch(/Apollo-Require-Preflight/);
    expect(resolved).toEqual([]);
  });

  test.each([
    "text/plain",
    "text/plain;application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "",
  ])("POST as %p is refused with 415", async (type) => {
    const { status, json } = await send("/graphql", {
      method: "POST",
      as: "cs-agent",
      headers: { "content-type": type, ...PREFLIGHTED },
      body: new TextEncoder().encode('{"query":"mutation { touch }"}'),
    });
    expect(status).toBe(415);
    expect(json.errors?.[0]?.extensions["code"]).toBe("UNSUPPORTED_MEDIA_TYPE");
    expect(resolved).toEqual([]);
  });

  test("GET with the media type of a form is refused", async () => {
    const { status } = await send(inUrl("{ cost }"), {
      as: "cs-agent",
      headers: { "content-type": "text/plain", ...PREFLIGHTED },
    });
    expect(status).toBe(415);
  });
});

describe("methods", () => {
  test("a query over GET is answered", async () => {
    const { status, json } = await send(inUrl("{ cost }"), {
      as: "cs-agent",
      headers: PREFLIGHTED,
    });
    expect(status).toBe(200);
    expect(json.data).toEqual({ cost: 1 });
  });

  test("a mutation over GET is refused with 405 and the method to use", async () => {
    const { status, headers, json } = await send(inUrl("mutation { touch }"), {
      as: "cs-agent",
      headers: PREFLIGHTED,
    });
    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("POST");
    expect(json.errors?.[0]?.extensions["code"]).toBe("METHOD_NOT_ALLOWED");
    expect(resolved).toEqual([]);
  });

  test.each(["PUT", "DELETE", "PATCH", "OPTIONS"])(
    "%s /graphql: 405, GET and POST",
    async (method) => {
      const { status, headers } = await send("/graphql", { method });
      expect(status).toBe(405);
      expect(headers.get("allow")).toBe("GET, POST");
    },
  );

  test("POST /health/live: 405 as a problem", async () => {
    const { status, headers, json } = await send("/health/live", { method: "POST" });
    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("GET, HEAD");
    expect(json).toMatchObject({ code: "METHOD_NOT_ALLOWED", status: 405 });
  });
});

describe("bodies", () => {
  const post = (body: string) =>
    send("/graphql", {
      method: "POST",
      as: "cs-agent",
      headers: { "content-type": "application/json" },
      body,
    });

  test.each([
    ["malformed JSON", `{"query": "${CANARY}`],
    ["nothing", ""],
    ["null", "null"],
    ["a number", "7"],
    ["a list of operations", `[{"query":"{ cost }"},{"query":"{ cost }"}]`],
    ["no query", `{"qeury":"{ cost }"}`],
    ["a query that is no text", `{"query":["{ cost }"]}`],
    ["variables that are no object", `{"query":"{ cost }","variables":"${CANARY}"}`],
    ["a prototype", `{"query":"{ cost }","variables":{"__proto__":{"a":1}}}`],
    [
      "a persisted query",
      `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${CANARY}"}}}`,
    ],
  ])("%s: 400 in the shape of GraphQL, and not repeated", async (_name, body) => {
    const { status, json, text, headers } = await post(body);
    expect(status).toBe(400);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(json.errors?.[0]?.extensions["code"]).toMatch(
      /^(BAD_REQUEST|PERSISTED_QUERY_NOT_SUPPORTED)$/,
    );
    expect(json.errors?.[0]?.extensions["requestId"]).toBe(headers.get("x-request-id"));
    expect(json).not.toHaveProperty("data");
    expect(text + world.logged()).not.toContain(CANARY);
  });

  test("a body above the limit: 413", async () => {
    const { status, json } = await post(
      JSON.stringify({ query: "{ cost }", x: "x".repeat(70_000) }),
    );
    expect(status).toBe(413);
    expect(json.errors?.[0]?.extensions["code"]).toBe("PAYLOAD_TOO_LARGE");
  });

  test("an operation name that fits none: 400", async () => {
    const { status, json } = await world.ask({ query: "query A { cost }", operationName: CANARY });
    expect(status).toBe(400);
    expect(json.errors?.[0]?.extensions["code"]).toBe("OPERATION_RESOLUTION_FAILURE");
    expect(JSON.stringify(json) + world.logged()).not.toContain(CANARY);
  });

  test("an Accept header that we cannot meet: 406", async () => {
    const { status, json } = await world.ask(
      { query: "{ cost }" },
      { headers: { accept: "text/csv" } },
    );
    expect(status).toBe(406);
    expect(json.errors?.[0]?.extensions["code"]).toBe("NOT_ACCEPTABLE");
  });
});

describe("who asks", () => {
  test.each([
    ["no token", undefined],
    ["a token that is none", "Bearer nonsense"],
    ["another scheme", "Basic dXNlcjpwYXNz"],
    ["an empty one", "Bearer "],
  ])("%s: 401 without data, and how to authenticate", async (_name, authorization) => {
    const { status, json, headers } = await world.ask(
      { query: "{ customer(id: 1) { id } }" },
      { as: null, headers: authorization === undefined ? {} : { authorization } },
    );
    expect(status).toBe(401);
    expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
    expect(json).not.toHaveProperty("data");
    expect(json.errors).toHaveLength(1);
    expect(json.errors?.[0]).toMatchObject({
      message: "A valid access token is required.",
      extensions: { code: "UNAUTHENTICATED" },
    });
    expect(resolved).toEqual([]);
  });

  test("an anonymous caller learns __typename and nothing else", async () => {
    const anonymously = async (query: string) => (await world.ask({ query }, { as: null })).status;
    expect(await anonymously("{ __typename }")).toBe(200);
    expect(await anonymously("{ cost }")).toBe(401);
    expect(await anonymously("{ __typename ...F } fragment F on Query { cost }")).toBe(401);
    expect(await anonymously("{ __typename ... { cost } }")).toBe(401);
    expect(await anonymously("mutation { touch }")).toBe(401);
  });

  test("an anonymous caller cannot find out which fields exist", async () => {
    const existing = await world.ask({ query: "{ cost }" }, { as: null });
    const missing = await world.ask({ query: "{ nonsense }" }, { as: null });
    const told = ({ status, json }: typeof existing) => ({
      status,
      errors: json.errors?.map(({ extensions: { requestId: _, ...rest }, ...error }) => ({
        ...error,
        rest,
      })),
    });
    expect(told(missing)).toEqual(told(existing));
  });

  test("a purpose that the token does not carry: 403", async () => {
    const { status, json } = await world.ask(
      { query: "{ cost }" },
      { headers: { "x-purpose": "MARKETING" } },
    );
    expect(status).toBe(403);
    expect(json.errors?.[0]?.extensions["code"]).toBe("PURPOSE_NOT_PERMITTED");
  });

  test("why a token was refused is in the log alone", async () => {
    const { text } = await world.ask(
      { query: "{ cost }" },
      { as: null, headers: { authorization: "Basic x" } },
    );
    expect(text).not.toContain("bearer token");
    expect(world.logged()).toContain("not a bearer token");
  });
});

describe("outside GraphQL", () => {
  test.each([
    "/nothing",
    "/graphql/nothing",
    "/health",
    `/${CANARY}?q=${CANARY}`,
    "/%zz",
    "/..%2f..%2fetc/passwd",
  ])("%s: a problem that does not repeat the path", async (path) => {
    const { status, headers, json, text } = await send(path);
    expect([400, 404]).toContain(status);
    expect(headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(json).toMatchObject({ status, type: expect.stringMatching(/^\/problems\//) });
    expect(text + world.logged()).not.toContain(CANARY);
  });

  test("a problem's type leads to its description", async () => {
    const { json } = await send("/problems/NOT_FOUND");
    expect(json).toMatchObject({ code: "NOT_FOUND", status: 404 });
    expect((await send("/problems/toString")).status).toBe(404);
  });

  test.each([
    ["a line that is not HTTP", `${CANARY}\r\n\r\n`, 400],
    ["headers without end", `GET / HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, 413],
    [
      "a host that is none",
      "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n",
      400,
    ],
  ])("%s is refused as a problem or in the shape of GraphQL", async (_name, bytes, status) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/BAD_REQUEST|PAYLOAD_TOO_LARGE/);
    expect(answer).not.toContain(CANARY);
  });

  test("every answer forbids sniffing, framing and storing", async () => {
    for (const path of ["/graphql", "/nothing", "/health/live"]) {
      const { headers } = await send(path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("content-security-policy")).toMatch(/default-src 'none'/);
    }
  });
});

describe("the log", () => {
  test("holds route, operation and caller, and no query, variable, token or address bar", async () => {
    const token = await world.tokenOf("cs-agent");
    await send(
      `/graphql?query=${encodeURIComponent("query Named($id: ID!) { customer(id: $id) { id } }")}&variables=${encodeURIComponent(JSON.stringify({ id: CANARY }))}`,
      {
        headers: { authorization: `Bearer ${token}`, ...PREFLIGHTED },
      },
    );
    expect(resolved).toEqual(["customer"]);
    const line =
      world
        .logged()
        .split("\n")
        .find((one) => one.includes('"Named"')) ?? "{}";
    expect(JSON.parse(line)).toMatchObject({
      level: "info",
      route: "/graphql",
      status: 200,
      operationName: "Named",
      callerId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      durationMs: expect.any(Number),
    });
    expect(world.logged()).not.toContain(CANARY);
    expect(world.logged()).not.toContain(token);
    expect(world.logged()).not.toContain("fullName");
  });

  test("a request id that could break a line is replaced, a sound one said back", async () => {
    const idFor = async (given: string) =>
      (await send("/health/live", { headers: { "x-request-id": given } })).headers.get(
        "x-request-id",
      );
    expect(await idFor("trace-0af7651916cd43dd")).toBe("trace-0af7651916cd43dd");
    expect(await idFor('a","level":"fatal')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor("x".repeat(200))).toMatch(/^[0-9a-f-]{36}$/);
  });
});
