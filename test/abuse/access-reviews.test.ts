import { callerId, dig } from "../support/canaries.ts";
import { eventually } from "../support/eventually.ts";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

/* A review of roles, on two nodes with a clock that the test moves: what is revoked ends everywhere. */

const OFFICER = "compliance-officer";
const DEPUTY = "compliance-deputy";
const OPEN = `mutation ($input: OpenAccessReviewInput!) { openAccessReview(input: $input) { review {
  id state items(first: 100) { nodes { id holder role dormant toxicPairs lastUsedAt } } } } }`;
const DECIDE = `mutation ($input: DecideAccessInput!) { decideAccess(input: $input) { item { outcome version } } }`;
const CLOSE = `mutation ($input: CloseAccessReviewInput!) { closeAccessReview(input: $input) { review { state } } }`;
const REVIEW = `query ($id: ID!) { accessReview(id: $id) { state items(first: 100) { nodes { holder outcome decidedBy } } } }`;

interface Item {
  readonly id: string;
  readonly holder: string;
  readonly role: string;
  readonly dormant: boolean;
  readonly toxicPairs: readonly string[];
  readonly lastUsedAt: string | null;
}

let now = TEMPLATE_NOW;
let server: TestServer;
let second: TestServer;

beforeAll(async () => {
  server = await startTestServer({ now: () => now });
  second = await startTestServer({ now: () => now, beside: server });
});
afterAll(async () => {
  await second.close();
  await server.close();
});
beforeEach(() => {
  now = TEMPLATE_NOW;
});

const codeOf = ({ body }: Answered): unknown => body.errors?.[0]?.extensions["code"] ?? null;

function send(by: string, document: string, input: object): Promise<Answered> {
  return server.ask(by, document, { purpose: "RIGHTS_REQUEST", variables: { input } });
}

async function opened(role: string, by = OFFICER): Promise<{ id: string; items: Item[] }> {
  const { body } = await send(by, OPEN, { role });
  const review = ["openAccessReview", "review"] as const;
  return {
    id: String(dig(body.data, ...review, "id")),
    items: dig(body.data, ...review, "items", "nodes") as Item[],
  };
}

const itemOf = (items: readonly Item[], holder: string): Item =>
  items.find((one) => one.holder === holder) as Item;

function decide(by: string, item: Item, changes: object = {}): Promise<Answered> {
  return send(by, DECIDE, { id: item.id, expectedVersion: 1, decision: "KEEP", ...changes });
}

/** How the other node answers somebody who reads transfers for their work. */
async function reads(caller: string, purpose: string): Promise<unknown> {
  const { body } = await second.ask(caller, "{ transfers { totalCount } }", { purpose });
  return dig(body.data, "transfers", "totalCount");
}

test("a role that is revoked ends on the other node as well, once, and with a reason", async () => {
  expect(await reads("transfer-manager", "TRANSFER_EXECUTION")).toBeGreaterThan(0);
  const { items } = await opened("TRANSFER_MANAGER");
  const item = itemOf(items, "transfer-manager");
  expect(codeOf(await decide(OFFICER, item, { decision: "REVOKE" }))).toBe("REASON_REQUIRED");
  const revoked = { decision: "REVOKE", note: "Has left the team." };
  expect(codeOf(await decide(OFFICER, item, { ...revoked, expectedVersion: 2 }))).toBe(
    "VERSION_CONFLICT",
  );
  expect(await reads("transfer-manager", "TRANSFER_EXECUTION")).toBeGreaterThan(0);
  expect(codeOf(await decide(OFFICER, item, revoked))).toBeNull();
  await eventually(async () =>
    expect(await reads("transfer-manager", "TRANSFER_EXECUTION")).toBe(0),
  );
  expect(codeOf(await decide(OFFICER, item, { ...revoked, expectedVersion: 2 }))).toBe(
    "INVALID_STATE",
  );
});

test("nobody vouches for themselves, and nobody else than a reviewer for others", async () => {
  const { id, items } = await opened("COMPLIANCE_OFFICER");
  const [own, others] = [itemOf(items, OFFICER), itemOf(items, DEPUTY)];
  const note = "Works on requests.";
  expect(codeOf(await decide(OFFICER, own, { note }))).toBe("FOUR_EYES_REQUIRED");
  expect(codeOf(await decide(OFFICER, own, { decision: "REVOKE", note }))).toBe(
    "FOUR_EYES_REQUIRED",
  );
  const audit = {
    purpose: "COMPLIANCE_AUDIT",
    variables: { input: { id: own.id, expectedVersion: 1, decision: "KEEP", note } },
  };
  expect(codeOf(await server.ask("internal-auditor", DECIDE, audit))).toBe("FORBIDDEN");
  expect(codeOf(await send(OFFICER, CLOSE, { id, expectedVersion: 1 }))).toBe("INVALID_STATE");
  for (const [by, item] of [
    [OFFICER, others],
    [DEPUTY, own],
  ] as const)
    expect(codeOf(await decide(by, item, { note }))).toBeNull();
  for (const item of items)
    if (![OFFICER, DEPUTY].includes(item.holder))
      expect(codeOf(await decide(OFFICER, item, { note }))).toBeNull();
  expect(codeOf(await send(OFFICER, CLOSE, { id, expectedVersion: 1 }))).toBeNull();
});

test("a review of another organisation does not exist", async () => {
  const { id, items } = await opened("LEGAL_COUNSEL", "transferee-compliance-officer");
  const item = items[0] as Item;
  expect(items.map(({ holder }) => holder)).not.toContain("legal-counsel");
  for (const by of [OFFICER, "operator-compliance-officer"]) {
    expect(codeOf(await decide(by, item, { decision: "REVOKE", note: "x" }))).toBe("NOT_FOUND");
    expect(codeOf(await send(by, CLOSE, { id, expectedVersion: 1 }))).toBe("NOT_FOUND");
  }
});

test("what nobody used ends when the review is overdue, and what is used stays until somebody decides", async () => {
  await reads("sales-analyst", "ANALYTICS");
  await second.app.services.roleUse.flush();
  const { id, items } = await opened("SALES_ANALYST");
  const used = itemOf(items, "sales-analyst");
  expect(used).toMatchObject({ dormant: false, lastUsedAt: "2026-11-23T12:00:00.000Z" });
  const unused = items.filter(({ dormant }) => dormant);
  expect(unused.length).toBeGreaterThan(0);
  now = new Date(TEMPLATE_NOW.getTime() + 15 * 24 * 3_600_000);
  const { body } = await server.ask(OFFICER, REVIEW, {
    purpose: "RIGHTS_REQUEST",
    variables: { id },
  });
  expect(dig(body.data, "accessReview", "state")).toBe("OVERDUE");
  const after = dig(body.data, "accessReview", "items", "nodes") as { holder: string }[];
  expect(after.find(({ holder }) => holder === used.holder)).toMatchObject({ outcome: null });
  expect(after.filter(({ holder }) => holder !== used.holder)).toEqual(
    after
      .filter(({ holder }) => holder !== used.holder)
      .map(({ holder }) => ({ holder, outcome: "LAPSED", decidedBy: null })),
  );
  const { rows } = await server.app.services.database.pool.query<{ ended: boolean }>(
    "select valid_to is not null as ended from role_assignment where role = 'SALES_ANALYST' and principal_id <> $1 and principal_id in (select id from principal where organisation_id = (select id from organisation where code = 'transferor'))",
    [callerId("sales-analyst")],
  );
  expect(new Set(rows.map(({ ended }) => ended))).toEqual(new Set([true]));
});

test("two roles that one person should not have are noticed on both", async () => {
  await server.app.services.database.pool.query(
    "insert into role_assignment (id, principal_id, role, valid_from) values (gen_random_uuid(), $1, 'DATA_STEWARD', '2026-11-01')",
    [callerId("internal-auditor")],
  );
  const ask = (by: string): Promise<Answered> =>
    server.ask(by, "{ toxicPairs { holder role toxicPairs } }", { purpose: "RIGHTS_REQUEST" });
  const { body } = await ask(OFFICER);
  expect(dig(body.data, "toxicPairs")).toEqual(
    ["DATA_STEWARD", "INTERNAL_AUDITOR"].map((role) => ({
      holder: "internal-auditor",
      role,
      toxicPairs: ["audits-and-acts"],
    })),
  );
  const { body: others } = await ask("transferee-compliance-officer");
  expect(dig(others.data, "toxicPairs")).toEqual([]);
});

test("a request is answered where its use can't be noted", async () => {
  const { pool } = server.app.services.database;
  await pool.query("alter table role_use rename to role_use_away");
  now = new Date(TEMPLATE_NOW.getTime() + 2 * 3_600_000);
  expect(await reads("legal-counsel", "DISPUTE_HANDLING")).toBeGreaterThan(0);
  await second.app.services.roleUse.flush();
  expect(await reads("legal-counsel", "DISPUTE_HANDLING")).toBeGreaterThan(0);
  await pool.query("alter table role_use_away rename to role_use");
  await second.app.services.roleUse.flush();
  const { rows } = await pool.query<{ used_at: Date }>(
    "select used_at from role_use where principal_id = $1",
    [callerId("legal-counsel")],
  );
  expect(rows).toEqual([{ used_at: new Date("2026-11-23T14:00:00Z") }]);
});
