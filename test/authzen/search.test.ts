import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { type AuthzenAnswer, type AuthzenBody, askAuthzen } from "../support/authzen.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
let patient: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  patient = await startTestServer({ beside: server, settings: { AUTHZEN_MAX_JUDGED: "10" } });
});
afterAll(async () => {
  await patient.close();
  await server.close();
});

type Search = "subject" | "resource" | "action";

const ASSIGNED = "0192a000-0000-7000-8000-000000000503";
const CONTEXT = { purpose: "SERVICE_DELIVERY", time: "2026-11-23T12:00:00Z" };

const QUESTIONS: Record<Search, Record<string, unknown>> = {
  subject: {
    subject: { type: "caller" },
    action: { name: "exists" },
    resource: { type: "customer.phone", id: ASSIGNED },
    context: CONTEXT,
  },
  resource: {
    subject: { type: "user", id: "legal-counsel" },
    action: { name: "exists" },
    resource: { type: "customer.fullName" },
    context: { ...CONTEXT, purpose: "DISPUTE_HANDLING" },
  },
  action: {
    subject: { type: "user", id: "cs-agent" },
    resource: { type: "customer.idNumber", id: ASSIGNED },
    context: CONTEXT,
  },
};
const SEARCHES = Object.keys(QUESTIONS) as Search[];

function search(
  what: Search,
  part: object = {},
  { as = "policy-client", at = server }: { as?: string; at?: TestServer } = {},
): Promise<AuthzenAnswer> {
  return askAuthzen(at, { as, at: `search/${what}`, message: { ...QUESTIONS[what], ...part } });
}

type Results = NonNullable<AuthzenBody["results"]>;

/** All results, page by page, as the specification says that a client goes through them. */
async function allPages(
  what: Search,
  part: object,
  { at = server, limit = 5 }: { at?: TestServer; limit?: number } = {},
): Promise<Results[]> {
  const pages: Results[] = [];
  let token: string | undefined;
  do {
    const page = { limit, ...(token !== undefined && { token }) };
    const { status, body } = await search(what, { ...part, page }, { at });
    expect(status).toBe(200);
    expect(Object.keys(body)[0]).toBe("page");
    expect(body.page?.count).toBe(body.results?.length);
    pages.push(body.results ?? []);
    token = body.page?.next_token ?? "";
  } while (token !== "");
  return pages;
}

/** Whether an evaluation permits what was found, and denies what was not. */
async function permitted(part: object): Promise<boolean | undefined> {
  const message = { action: { name: "read" }, context: CONTEXT, ...part };
  return (await askAuthzen(server, { as: "policy-client", at: "evaluation", message })).body
    .decision;
}

/** The same for many rows, in as few messages as there may be. */
async function decisionsOn(
  ids: readonly string[],
  { type, ...defaults }: { type: string; [part: string]: unknown },
): Promise<(boolean | undefined)[]> {
  const decisions: (boolean | undefined)[] = [];
  for (let at = 0; at < ids.length; at += 100) {
    const evaluations = ids.slice(at, at + 100).map((id) => ({ resource: { type, id } }));
    const message = { ...defaults, evaluations };
    const { body } = await askAuthzen(server, { as: "policy-client", at: "evaluations", message });
    decisions.push(...(body.evaluations ?? []).map(({ decision }) => decision));
  }
  return decisions;
}

async function customersOf(organisation: string): Promise<string[]> {
  const { rows } = await server.app.services.database.pool.query<{ id: string }>(
    "select c.id from customer c join organisation o on o.id = c.controller_id where o.code = $1 order by c.id",
    [organisation],
  );
  return rows.map(({ id }) => id);
}

describe("what is found is what an evaluation permits (section 8.1)", () => {
  test.each(["read", "partial", "update"])("subjects who may %s a phone", async (name) => {
    const action = { name };
    const { body } = await search("subject", { action });
    const found = body.results?.map(({ id }) => id) ?? [];
    const { resource } = QUESTIONS.subject;
    for (const { id } of DEMO_CALLERS) {
      const decision = await permitted({ subject: { type: "caller", id }, action, resource });
      expect({ id, found: found.includes(id) }).toEqual({ id, found: decision });
    }
  });

  test.each([
    ["cs-agent", "customer.phone", "read", CONTEXT],
    ["cs-agent", "customer.idNumber", "partial", CONTEXT],
    ["cs-agent", "customer", "see", CONTEXT],
    ["cs-agent", "customer", "read", CONTEXT],
    ["data-steward", "customer.email", "update", { purpose: "DATA_QUALITY" }],
    ["legal-counsel", "customer.fullName", "exists", { purpose: "DISPUTE_HANDLING" }],
    ["internal-auditor", "customer", "evaluateAccess", { purpose: "COMPLIANCE_AUDIT" }],
    ["compliance-officer", "customer.phone", "requestElevation", { purpose: "DISPUTE_HANDLING" }],
    ["external-auditor", "customer.fullName", "token", { purpose: "COMPLIANCE_AUDIT" }],
  ])("rows on which %s may do to %s: %s", async (id, type, name, context) => {
    const subject = { type: "user", id };
    const part = { subject, action: { name }, resource: { type }, context };
    const { body } = await search("resource", { ...part, page: { limit: 200 } });
    const results = body.results ?? [];
    const found = new Set(results.map((one) => one.id));
    expect(results.filter((one) => one.type !== type)).toEqual([]);
    // As far as the first page goes: whoever is beyond its last row may be on the next.
    const last = body.page?.next_token === "" ? "g" : (results.at(-1)?.id ?? "");
    const customers = (await customersOf("transferor")).filter((customer) => customer <= last);
    expect(customers.filter((customer) => found.has(customer))).toHaveLength(found.size);
    const step = Math.ceil(customers.length / 90);
    const asked = customers.filter((_customer, at) => at % step === 0);
    const some = [...asked, ...[...found].slice(0, 10).map(String)];
    expect(await decisionsOn(some, { ...part, type })).toEqual(some.map((one) => found.has(one)));
  });

  test.each([
    ["customer", "cs-agent", CONTEXT],
    ["customer.phone", "cs-agent", CONTEXT],
    ["customer.idNumber", "cs-agent", CONTEXT],
    ["customer.phone", "data-steward", { purpose: "DATA_QUALITY" }],
  ])("actions on %s of %s", async (type, id, context) => {
    const part = { subject: { type: "user", id }, resource: { type, id: ASSIGNED }, context };
    const { body } = await search("action", part);
    const found = body.results?.map(({ name }) => name) ?? [];
    expect(found.length).toBeGreaterThan(0);
    const words = ["see", "read", "clear", "partial", "coarse", "token", "exists", "none"];
    for (const name of [...words, "update", "evaluateAccess", "requestElevation", "readPolicy"]) {
      const decision = await permitted({ ...part, action: { name } });
      expect({ name, found: found.includes(name) }).toEqual({ name, found: decision });
    }
  });
});

describe("pages (section 8.2)", () => {
  /** How many fit on a small page: a few of many rows are still some. */
  const FEW: Record<Search, number> = { subject: 3, resource: 60, action: 3 };

  test.each(SEARCHES)(
    "small pages of a search for a %s hold the same as large ones",
    async (what) => {
      const large = (await allPages(what, {}, { limit: 200 })).flat();
      const pages = await allPages(what, {}, { limit: FEW[what] });
      expect(pages.length).toBeGreaterThan(1);
      expect(Math.max(...pages.map(({ length }) => length))).toBe(FEW[what]);
      expect(pages.flat()).toEqual(large);
      expect(new Set(large.map(({ id, name }) => id ?? name)).size).toBe(large.length);
    },
  );

  test.each(SEARCHES)("a search for a %s that ends its pages early loses nobody", async (what) => {
    const large = (await allPages(what, {}, { limit: 200 })).flat();
    expect((await allPages(what, {}, { at: patient, limit: 200 })).flat()).toEqual(large);
  });

  test("nobody is judged beyond the setting, and the next page goes on", async () => {
    const part = { action: { name: "update" } };
    const { body } = await search("subject", part, { at: patient });
    expect(body.results).toEqual([]);
    expect(body.page?.next_token).not.toBe("");
    const pages = await allPages("subject", part, { at: patient });
    expect(pages.length).toBeGreaterThan(2);
  });

  test("a token is good without the limit, and for nothing else (section 8.2.1)", async () => {
    const first = await search("resource", { page: { limit: 2 } });
    const token = first.body.page?.next_token ?? "";
    const again = (part: object): Promise<AuthzenAnswer> =>
      search("resource", { page: { token }, ...part });
    const next = await again({});
    expect(next.body.results).toHaveLength(2);
    expect(next.body.results).toEqual((await again({ page: { token, limit: 2 } })).body.results);
    const changed = [
      { page: { token, limit: 3 } },
      { page: { token, properties: { sort: "id" } } },
      { page: { token: `${token}x` } },
      { page: { token: "a3M9NDU2O3N6PTI=" } },
      { action: { name: "see" } },
      { resource: { type: "customer.email" } },
      { subject: { type: "user", id: "data-steward" } },
      { context: { purpose: "DISPUTE_HANDLING", time: "2026-11-23T12:00:01Z" } },
    ];
    for (const part of changed) expect((await again(part)).status).toBe(400);
    const others = await search("resource", { page: { token } }, { as: "internal-auditor" });
    expect(others.status).toBe(400);
    const elsewhere = await search("subject", { page: { token } });
    expect(elsewhere.status).toBe(400);
  });

  test("the order of members is nobody's business", async () => {
    const first = await search("resource", { page: { limit: 2 } });
    const { subject, ...rest } = QUESTIONS.resource;
    const turned = Object.fromEntries(Object.entries(rest).reverse());
    const context = { time: CONTEXT.time, purpose: "DISPUTE_HANDLING" };
    const page = { token: first.body.page?.next_token };
    const message = { page, ...turned, context, subject };
    const next = await askAuthzen(server, { as: "policy-client", at: "search/resource", message });
    expect(next.status).toBe(200);
  });

  test("a limit of nothing gives nothing, and says whether there is more", async () => {
    const { body } = await search("resource", { page: { limit: 0 } });
    expect(body.results).toEqual([]);
    expect(body.page?.next_token).not.toBe("");
  });

  test.each([{ limit: -1 }, { limit: 1.5 }, { limit: "2" }, { token: 7 }, []])(
    "the page %j is refused",
    async (page) => {
      expect((await search("resource", { page })).status).toBe(400);
    },
  );

  test("a page holds no more than the setting allows", async () => {
    const small = await startTestServer({ beside: server, settings: { MAX_PAGE_SIZE: "2" } });
    const { body } = await search("resource", { page: { limit: 1_000 } }, { at: small });
    await small.close();
    expect(body.results).toHaveLength(2);
    expect(body.page?.next_token).not.toBe("");
  });
});
