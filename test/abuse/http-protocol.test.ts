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
