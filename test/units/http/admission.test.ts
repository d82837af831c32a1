import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { eventually } from "../../support/eventually.ts";
import { startTestServer, type TestServer } from "../../support/start-test-server.ts";

/*
 * Over real HTTP and a real database: requests are held by a lock on the table that they read, so that
 * how many are in flight is known and not guessed.
 */

const READ = "{ customers(first: 1) { nodes { id } } }";
const GRAPHQL_JSON = "application/graphql-response+json";

const TWO = { MAX_REQUESTS_IN_FLIGHT: "2", LATE_AFTER_MS: "60000" };
/** A quarter of the places is two. */
const TWO_LATE = { MAX_REQUESTS_IN_FLIGHT: "8", LATE_AFTER_MS: "50" };

let server: TestServer;
let impatient: TestServer;
let stopping: TestServer;
let holder: pg.Client;
beforeAll(async () => {
  server = await startTestServer({ settings: TWO });
  impatient = await startTestServer({ beside: server, settings: TWO_LATE });
  stopping = await startTestServer({ beside: server, settings: TWO });
});
afterAll(async () => {
  await impatient.close();
  await server.close();
});
beforeEach(async () => {
  holder = new pg.Client(server.database.url);
  await holder.connect();
  await holder.query("begin; lock table customer in access exclusive mode");
});
afterEach(() => holder.end());

const read = (of = server) => of.ask("cs-agent", READ, { purpose: "SERVICE_DELIVERY" });

async function metric(name: string, of = server): Promise<number> {
  const page = await (await fetch(`${of.url}/metrics`)).text();
  const line = page.split("\n").find((text) => text.startsWith(`${name} `));
  return Number(line?.split(" ").at(-1));
}

const inFlight = (of = server): Promise<number> => metric("custodia_http_requests_in_flight", of);

async function holdTwo(of = server): Promise<ReturnType<typeof read>[]> {
  const held = [read(of), read(of)];
  await eventually(async () => expect(await inFlight(of)).toBe(2));
  return held;
}

test("what is beyond the bound is refused at once with Retry-After, and what is within is answered", async () => {
  const refusedBefore = await metric('custodia_http_requests_refused_total{reason="in_flight"}');
  const held = await holdTwo();
  const { status, headers, body } = await read();
  expect(status).toBe(503);
  expect(headers.get("retry-after")).toMatch(/^[1-3]$/);
  expect(body.errors?.[0]?.extensions).toEqual({
    code: "SERVICE_UNAVAILABLE",
    reason: "overload",
    requestId: headers.get("x-request-id"),
  });
  await holder.query("rollback");
  for (const answer of await Promise.all(held)) {
    expect(answer.status).toBe(200);
    expect(answer.body.errors).toBeUndefined();
  }
  expect(await inFlight()).toBe(0);
  expect(await metric('custodia_http_requests_refused_total{reason="in_flight"}')).toBe(
    refusedBefore + 1,
  );
  expect((await read()).status).toBe(200);
});

test("a refusal comes before the token is checked, the request counted and the body read", async () => {
  const held = await holdTwo();
  const refused = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "text/plain",
      authorization: "Bearer nonsense",
      accept: GRAPHQL_JSON,
    },
    body: "nonsense",
  });
  expect(refused.status).toBe(503);
  expect(refused.headers.get("content-type")).toContain(GRAPHQL_JSON);
  expect(refused.headers.has("www-authenticate")).toBe(false);
  await holder.query("rollback");
  await Promise.all(held);
});

test.each([
  ["/access/v1/evaluation", "POST", "text/plain"],
  ["/audit/keys", "GET", "application/problem+json"],
  ["/no/such/path", "GET", "application/problem+json"],
])(
  "%s is refused like everything, in the shape that its clients read",
  async (path, method, type) => {
    const held = await holdTwo();
    const refused = await fetch(`${server.url}${path}`, { method });
    expect(refused.status).toBe(503);
    expect(refused.headers.get("content-type")).toContain(type);
    expect(refused.headers.get("retry-after")).toMatch(/^[1-3]$/);
    await holder.query("rollback");
    await Promise.all(held);
  },
);

test("whoever looks after the server is answered meanwhile, and takes no place", async () => {
  const held = await holdTwo();
  for (const path of ["/health/live", "/health/ready", "/metrics"])
    expect((await fetch(`${server.url}${path}`)).status).toBe(200);
  expect(await inFlight()).toBe(2);
  await holder.query("rollback");
  await Promise.all(held);
});

test("refusals are no faults of ours in the log", async () => {
  const held = await holdTwo();
  const before = server.logged().length;
  await read();
  const lines = await eventually(() => {
    const added = server.logged().slice(before).trim().split("\n");
    expect(added.join()).toContain("SERVICE_UNAVAILABLE");
    return added.map((line) => JSON.parse(line) as { level: string; status?: number });
  });
  expect(lines.filter(({ status }) => status === 503)).toHaveLength(1);
  expect(lines.filter(({ level }) => level === "error")).toEqual([]);
  await holder.query("rollback");
  await Promise.all(held);
});

test("a request whose client has gone keeps its place while it is worked on, and gives it back", async () => {
  const going = new AbortController();
  const gone = fetch(`${server.url}/graphql`, {
    method: "POST",
    signal: going.signal,
    headers: {
      "content-type": "application/json",
      "x-purpose": "SERVICE_DELIVERY",
      authorization: `Bearer ${await server.tokenOf("cs-agent")}`,
    },
    body: JSON.stringify({ query: READ }),
  }).catch(() => "gone");
  await eventually(async () => expect(await inFlight()).toBe(1));
  going.abort();
  expect(await gone).toBe("gone");
  expect(await inFlight()).toBe(1);
  await holder.query("rollback");
  await eventually(async () => expect(await inFlight()).toBe(0));
});

describe("clients that send slowly", () => {
  const sockets: Socket[] = [];
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await holder.query("rollback");
    await eventually(async () => expect(await inFlight()).toBe(0));
  });

  /** Sends a request but for its last byte. */
  async function sendSlowly(): Promise<Socket> {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    sockets.push(socket);
    await once(socket, "connect");
    const body = '{"query":"{ __typename }';
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length + 2}\r\n\r\n${body}`,
    );
    return socket;
  }

  test("lose their places to those who are there", async () => {
    await sendSlowly();
    await sendSlowly();
    await eventually(async () => expect(await inFlight()).toBe(2));
    await wait(300);
    const held = await holdTwo();
    await holder.query("rollback");
    for (const { status } of await Promise.all(held)) expect(status).toBe(200);
  });

  test("are answered once everything has arrived, if there is a place", async () => {
    const socket = await sendSlowly();
    await eventually(async () => expect(await inFlight()).toBe(1));
    socket.write('"}');
    const [head] = (await once(socket, "data")) as [Buffer];
    expect(head.toString()).toMatch(/^HTTP\/1.1 200/);
  });

  test("are refused like others if there is none", async () => {
    const socket = await sendSlowly();
    await eventually(async () => expect(await inFlight()).toBe(1));
    await wait(300);
    const held = await holdTwo();
    socket.write('"}');
    const [head] = (await once(socket, "data")) as [Buffer];
    expect(head.toString()).toMatch(/^HTTP\/1.1 503/);
    await holder.query("rollback");
    await Promise.all(held);
  });

  test("and go away give their places back", async () => {
    const socket = await sendSlowly();
    await eventually(async () => expect(await inFlight()).toBe(1));
    socket.destroy();
    await eventually(async () => expect(await inFlight()).toBe(0));
  });
});

test("while too many are late nobody else is taken on, although there are places", async () => {
  const held = await holdTwo(impatient);
  await wait(60);
  expect((await read(impatient)).status).toBe(503);
  expect(await metric('custodia_http_requests_refused_total{reason="late"}', impatient)).toBe(1);
  expect(await metric('custodia_http_requests_refused_total{reason="in_flight"}', impatient)).toBe(
    0,
  );
  await holder.query("rollback");
  for (const { status } of await Promise.all(held)) expect(status).toBe(200);
  expect((await read(impatient)).status).toBe(200);
});

test("a server that stops answers what it has taken on", async () => {
  const held = await holdTwo(stopping);
  const closed = stopping.close();
  await holder.query("rollback");
  for (const { status } of await Promise.all(held)) expect(status).toBe(200);
  await closed;
});
