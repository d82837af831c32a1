import { type AuthzenAnswer, askAuthzen } from "../support/authzen.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

type Search = "subject" | "resource" | "action";

const ASSIGNED = "0192a000-0000-7000-8000-000000000503";
const CONTEXT = { purpose: "SERVICE_DELIVERY", time: "2026-11-23T12:00:00Z" };
const EMPTY = { page: { next_token: "", count: 0 }, results: [] };

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
function search(
  what: Search,
  part: object = {},
  { as = "policy-client" }: { as?: string } = {},
): Promise<AuthzenAnswer> {
  return askAuthzen(server, { as, at: `search/${what}`, message: { ...QUESTIONS[what], ...part } });
}

async function kindsOfPrincipalsOf(organisation: string): Promise<Map<string, string>> {
  const { rows } = await server.app.services.database.pool.query<{ id: string; kind: string }>(
    `select p.id, p.kind from principal p join organisation o
       on o.id = p.organisation_id or o.id = any(p.serves) where o.code = $1`,
    [organisation],
  );
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

describe("how far a search reaches", () => {
  test("no row of another organisation is found, whoever could see it", async () => {
    const subject = {
      type: "user",
      properties: { roles: ["CS_AGENT"], organisation: "transferee", location: "DE" },
    };
    const { body } = await search("resource", {
      subject,
      action: { name: "see" },
      resource: { type: "customer" },
    });
    expect(body).toEqual(EMPTY);
  });

  test("an external auditor finds the rows of the engagement alone", async () => {
    const part = { action: { name: "see" }, resource: { type: "customer" } };
    const mine = await search("resource", part, { as: "external-auditor" });
    const all = await search("resource", part, { as: "internal-auditor" });
    expect(mine.body.results?.length).toBeGreaterThan(0);
    expect(mine.body.results?.length).toBeLessThan(all.body.results?.length ?? 0);
    const { rows } = await server.app.services.database.pool.query<{ id: string }>(
      `select c.id from customer c join audit_engagement e on e.code = 'ENGAGEMENT-2026-001'
        where c.transfer_ids && e.transfer_ids and c.controller_id = any (e.organisation_ids)`,
    );
    const engaged = new Set(rows.map(({ id }) => id));
    expect(mine.body.results?.filter(({ id }) => !engaged.has(id ?? ""))).toEqual([]);
  });

  test("only principals of the organisations that the asker serves are found", async () => {
    const { body } = await search("subject");
    const kinds = await kindsOfPrincipalsOf("transferor");
    expect(body.results?.length).toBeGreaterThan(5);
    expect(body.results?.filter(({ id }) => !kinds.has(id ?? ""))).toEqual([]);
  });

  test.each([
    ["user", "PERSON"],
    ["client", "CLIENT"],
  ])("a search for a %s finds such alone, an id is ignored (section 8.4.1)", async (type, kind) => {
    const { body } = await search("subject", { subject: { type, id: "nobody" } });
    const kinds = await kindsOfPrincipalsOf("transferor");
    const found = body.results?.map(({ id }) => kinds.get(id ?? ""));
    expect(new Set(found)).toEqual(new Set([kind]));
    expect(new Set(body.results?.map((one) => one.type))).toEqual(new Set([type]));
  });

  test("without a second factor fewer are found", async () => {
    const part = {
      action: { name: "partial" },
      resource: { type: "customer.idNumber", id: ASSIGNED },
    };
    const withIt = await search("subject", part);
    const weak = { ...part, subject: { type: "caller", properties: { mfa: false } } };
    const without = await search("subject", weak);
    expect(withIt.body.results?.length).toBeGreaterThan(0);
    expect(without.body.results).toEqual([]);
  });

  test.each<[Search, object]>([
    ["subject", { subject: { type: "robot" } }],
    ["subject", { action: { name: "dance" } }],
    ["subject", { resource: { type: "account", id: "123" } }],
    ["subject", { resource: { type: "customer.phone", id: "missing" } }],
    ["subject", { context: {} }],
    ["subject", { context: { purpose: "FUN" } }],
    ["resource", { resource: { type: "account" } }],
    ["resource", { resource: { type: "customer.shoeSize" } }],
    ["resource", { subject: { type: "user", id: "alice@example.com" } }],
    ["resource", { subject: { type: "user", id: "transferee-cs-agent" } }],
    ["resource", { action: { name: "dance" } }],
    ["resource", { context: undefined }],
    ["action", { resource: { type: "customer", id: "missing" } }],
    ["action", { resource: { type: "elevation", id: ASSIGNED } }],
    ["action", { subject: { type: "user", id: "alice@example.com" } }],
    ["action", { context: undefined }],
  ])("a search for a %s with %j finds nothing, and is no error", async (what, part) => {
    const { status, body } = await search(what, part);
    expect({ status, body }).toEqual({ status: 200, body: EMPTY });
  });

  test.each<[Search, object]>([
    ["subject", { subject: undefined }],
    ["subject", { subject: {} }],
    ["subject", { action: undefined }],
    ["subject", { resource: { type: "customer" } }],
    ["subject", { subject: { type: "user", properties: { roles: ["CS_AGENT"] } } }],
    ["resource", { subject: { type: "user" } }],
    ["resource", { resource: undefined }],
    ["resource", { resource: { type: "customer", properties: { disputeOpen: true } } }],
    ["resource", { action: {} }],
    ["action", { subject: { type: "user" } }],
    ["action", { resource: { type: "customer" } }],
    ["action", { context: "now" }],
    ["action", { context: { ...CONTEXT, time: "yesterday" } }],
  ])("a search for a %s with %j is refused", async (what, part) => {
    const { status, text } = await search(what, part);
    expect(status).toBe(400);
    expect(text).toMatch(/^An argument or variable has the wrong shape\. \([\w.]+\)$/);
  });
});
