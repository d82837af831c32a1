import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { askAuthzen } from "../support/authzen.ts";
import { CANARY, expectNothingTold } from "../support/nothing-told.ts";
import { decisionsOf, callerBut } from "../support/policy-world.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { MAX_BODY_BYTES: "4096" } });
});
afterAll(() => server.close());

const QUESTION = {
  subject: { type: "user", id: "cs-agent" },
  action: { name: "read" },
  resource: { type: "customer.phone", id: "0192a000-0000-7000-8000-000000000503" },
  context: { purpose: "SERVICE_DELIVERY" },
};
const ENDPOINTS = [
  "evaluation",
  "evaluations",
  "search/subject",
  "search/resource",
  "search/action",
];
const PLAIN = "text/plain; charset=utf-8";

describe.each(ENDPOINTS)("%s", (at) => {
  test("answers JSON with 200, and nothing may keep it", async () => {
    const { status, headers } = await askAuthzen(server, {
      as: "policy-client",
      at,
      message: QUESTION,
    });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test.each([
    ["no token", {}],
    ["a token that is none", { authorization: "Bearer nonsense" }],
    ["another scheme", { authorization: "Basic dXNlcjpwYXNz" }],
  ])("%s: 401, and how to authenticate (section 11.3)", async (_name, headers) => {
    const answer = await askAuthzen(server, { as: null, at, message: QUESTION, headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer realm=/);
    expect(answer.headers.get("content-type")).toBe(PLAIN);
    expect(answer.text).toBe("A valid access token is required.");
  });

  test.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["a list", "[]"],
    ["a text", '"read"'],
    ["null", "null"],
    ["an empty object", "{}"],
    ["a poisoned prototype", '{"__proto__": {"subject": 1}}'],
  ])("%s: 400 with a message (section 10.1.2)", async (_name, raw) => {
    const answer = await askAuthzen(server, { as: "policy-client", at, raw });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("content-type")).toBe(PLAIN);
    expect(answer.text).toMatch(/^[A-Z][\w ,.]+\.( \([\w.]+\))?$/);
  });

  test("who may not ask: 403, whatever the message is like", async () => {
    for (const message of [QUESTION, {}, []]) {
      const answer = await askAuthzen(server, { as: "partner-system", at, message });
      expect({ status: answer.status, text: answer.text }).toEqual({
        status: 403,
        text: "The caller is not permitted to do this.",
      });
    }
  });

  test("a purpose that the token does not carry: 403; none of several: 400", async () => {
    const wrong = await askAuthzen(server, {
      as: "policy-client",
      at,
      message: QUESTION,
      purpose: "MARKETING",
    });
    expect(wrong.status).toBe(403);
    const open = await askAuthzen(server, { as: "compliance-officer", at, message: QUESTION });
    expect({ status: open.status, text: open.text }).toEqual({
      status: 400,
      text: "The request has to name its purpose.",
    });
    const chosen = await askAuthzen(server, {
      as: "compliance-officer",
      at,
      message: QUESTION,
      purpose: "RIGHTS_REQUEST",
    });
    expect(chosen.status).toBe(200);
  });

  test("too long, not JSON, not POST: 413, 415, 405", async () => {
    const long = { ...QUESTION, more: "x".repeat(5_000) };
    expect((await askAuthzen(server, { as: "policy-client", at, message: long })).status).toBe(413);
    const headers = { "content-type": "text/plain" };
    const text = await askAuthzen(server, { as: "policy-client", at, message: QUESTION, headers });
    expect(text.status).toBe(415);
    const got = await fetch(`${server.url}/access/v1/${at}`);
    expect(got.status).toBe(405);
    expect(got.headers.get("allow")).toBe("POST");
    expect(got.headers.get("content-type")).toBe(PLAIN);
  });

  test.each([
    "bfe9eb29-ab87-4ca3-be83-a1d5d8305716",
    "x",
    "an arbitrary string, with blanks: and/signs!",
    "y".repeat(500),
  ])("the request id %j comes back as it was sent (section 10.1.3)", async (id) => {
    const headers = { "x-request-id": id };
    for (const as of ["policy-client", null]) {
      const answer = await askAuthzen(server, { as, at, message: QUESTION, headers });
      expect(answer.headers.get("x-request-id")).toBe(id);
    }
  });

  test("a request without an id is given one", async () => {
    const { headers } = await askAuthzen(server, { as: "policy-client", at, message: QUESTION });
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

test("exactly those whom policy lets ask are answered", async () => {
  for (const { name, purposes } of DEMO_CALLERS)
    for (const purpose of purposes) {
      const caller = callerBut({ name, purpose, now: TEMPLATE_NOW });
      const decisions = decisionsOf(caller, TEMPLATE_NOW);
      const mayAsk = [...decisions.bound.catalog.keys()].some((type) =>
        decisions.mayEver("evaluateAccess", type),
      );
      const { status } = await askAuthzen(server, {
        as: name,
        at: "evaluation",
        message: QUESTION,
        purpose,
      });
      expect({ name, purpose, status }).toEqual({ name, purpose, status: mayAsk ? 200 : 403 });
    }
});

test("a policy client reads nothing over GraphQL, and asks there as over AuthZEN", async () => {
  const { body } = await server.ask<{ customers: { nodes: unknown[] } }>(
    "policy-client",
    "{ customers(first: 5) { nodes { id } totalCount } }",
  );
  expect(body.data?.customers).toEqual({ nodes: [], totalCount: 0 });
});

test("paths that are not its own are 404", async () => {
  const { status, text } = await askAuthzen(server, {
    as: "policy-client",
    at: "nothing",
    message: {},
  });
  expect({ status, text }).toEqual({
    status: 404,
    text: "There is no such thing within the caller's reach.",
  });
});

test("a caller is limited over GraphQL and AuthZEN together", async () => {
  const few = await startTestServer({ beside: server, settings: { RATE_LIMIT_PER_MINUTE: "4" } });
  const ask = () => askAuthzen(few, { as: "policy-client", at: "evaluation", message: QUESTION });
  await ask();
  await few.ask("policy-client", "{ __typename }");
  await ask();
  await few.ask("policy-client", "{ __typename }");
  const { status, headers, text } = await ask();
  await few.close();
  expect(status).toBe(429);
  expect(headers.get("retry-after")).toMatch(/^\d+$/);
  expect(headers.get("content-type")).toBe(PLAIN);
  expect(text).not.toBe("");
});

describe("metadata (section 9)", () => {
  const path = "/.well-known/authzen-configuration";

  test("names every endpoint, to everybody, and may be kept for a while", async () => {
    const response = await fetch(server.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^application\/json/);
    expect(response.headers.get("cache-control")).toBe("public, max-age=300");
    expect(await response.json()).toEqual({
      policy_decision_point: server.url,
      access_evaluation_endpoint: `${server.url}/access/v1/evaluation`,
      access_evaluations_endpoint: `${server.url}/access/v1/evaluations`,
      search_subject_endpoint: `${server.url}/access/v1/search/subject`,
      search_resource_endpoint: `${server.url}/access/v1/search/resource`,
      search_action_endpoint: `${server.url}/access/v1/search/action`,
    });
  });

  test("the address of the settings is told, whatever host a request names", async () => {
    const settings = { PUBLIC_URL: "https://custodia.example" };
    const known = await startTestServer({ beside: server, settings });
    const response = await fetch(known.url + path, {
      headers: { "x-forwarded-host": "evil.example" },
    });
    const told = (await response.json()) as Record<string, string>;
    await known.close();
    expect(told["policy_decision_point"]).toBe("https://custodia.example");
    expect(told["search_action_endpoint"]).toBe("https://custodia.example/access/v1/search/action");
  });

  test("production offers none without it", async () => {
    const issuer = {
      issuer: "https://id.example",
      jwksUrl: "https://id.example/jwks",
      audience: "x",
    };
    const settings = { CUSTODIA_MODE: "production", TOKEN_ISSUERS: JSON.stringify([issuer]) };
    const closed = await startTestServer({ beside: server, settings });
    const { status } = await fetch(closed.url + path);
    await closed.close();
    expect(status).toBe(404);
  });
});

test("our own faults are 500 with one sentence, and tell nothing", async () => {
  const broken = await startTestServer();
  const { pool } = broken.app.services.database;
  await pool.query("alter table customer rename column state to nobody_knows");
  const resource = { type: "customer", id: QUESTION.resource.id };
  const message = { ...QUESTION, resource, context: { ...QUESTION.context, canary: CANARY } };
  const { status, text, headers } = await askAuthzen(broken, {
    as: "policy-client",
    at: "evaluation",
    message,
  });
  const logged = broken.logged();
  await broken.close();
  expect(status).toBe(500);
  expect(headers.get("content-type")).toBe(PLAIN);
  expect(text).toMatch(/^[A-Z][\w ,.]+\.$/);
  expectNothingTold(text);
  expect(logged).not.toContain(CANARY);
});
