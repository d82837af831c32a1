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
