import { canaryId, dig, insertCanaries } from "../support/canaries.ts";
import { FULL_RECORD } from "../support/customer-world.ts";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

/* Worked decisions 25 and 26 as they happen, on two nodes with a clock that the test moves. */

const OFFICER = "compliance-officer";
const DEPUTY = "compliance-deputy";
const COUNSEL = "legal-counsel";

/** Whose record is opened, and somebody who is in the same situation. */
const OPENED = canaryId(971);
const OTHER = canaryId(972);
const SITUATION = { rights_request_open: true, dispute_open: true };

const REQUEST = `mutation ($input: RequestElevationInput!) {
  requestElevation(input: $input) { elevation { id state version } } }`;
const step = (verb: "approveElevation" | "endElevation"): string =>
  `mutation ($input: ElevationStepInput!) { ${verb}(input: $input) { elevation { state until decidedBy } } }`;
const READ = `query ($id: ID!) { customer(id: $id) {
  healthStatus medication idNumber access(fields: ["healthStatus", "medication", "idNumber"]) { disclosure reason rule } } }`;

let now = TEMPLATE_NOW;
let server: TestServer;
let second: TestServer;

beforeAll(async () => {
  server = await startTestServer({ now: () => now });
  second = await startTestServer({ now: () => now, beside: server });
  const record = (number: string): object => ({ ...FULL_RECORD, customerNo: number, uscc: null });
  await insertCanaries(server, [
    { id: OPENED, record: record("GLASS-1"), columns: SITUATION },
    { id: OTHER, record: record("GLASS-2"), columns: SITUATION },
  ]);
});
afterAll(async () => {
  await second.close();
  await server.close();
});
beforeEach(() => {
  now = TEMPLATE_NOW;
});

function passMinutes(minutes: number): void {
  now = new Date(TEMPLATE_NOW.getTime() + minutes * 60_000);
}

/** The officer asks for the health of the customer, and waits for somebody else. */
async function requested(): Promise<string> {
  const input = {
    customerId: OPENED,
    fields: ["healthStatus"],
    purpose: "RIGHTS_REQUEST",
    minutes: 60,
    reason: "RIGHTS-2026-001 asks for a copy of all health data.",
  };
  const options = { purpose: "RIGHTS_REQUEST", variables: { input } };
  const { body } = await server.ask(OFFICER, REQUEST, options);
  expect(dig(body.data, "requestElevation", "elevation", "state")).toBe("REQUESTED");
  return String(dig(body.data, "requestElevation", "elevation", "id"));
}

interface Step {
  readonly id: string;
  readonly version?: number;
  readonly by?: string;
  readonly purpose?: string;
  readonly node?: TestServer;
}

function approve({
  id,
  version = 1,
  by = DEPUTY,
  purpose,
  node = server,
}: Step): Promise<Answered> {
  const variables = { input: { id, expectedVersion: version } };
  const options = { purpose: purpose ?? "RIGHTS_REQUEST", variables };
  return node.ask(by, step("approveElevation"), options);
}

function end({ id, by = OFFICER, node = server }: Step): Promise<Answered> {
  const variables = { input: { id, expectedVersion: 2 } };
  return node.ask(by, step("endElevation"), { purpose: "RIGHTS_REQUEST", variables });
}

const codeOf = ({ body }: Answered): unknown => body.errors?.[0]?.extensions["code"] ?? null;

/** Value, level and reason of the health, and the levels of two fields that nobody asked for. */
async function reading({ by = OFFICER, of = OPENED, purpose = "RIGHTS_REQUEST" } = {}): Promise<{
  health: readonly unknown[];
  others: readonly unknown[];
}> {
  const { body } = await second.ask(by, READ, { purpose, variables: { id: of } });
  const at = (...path: (string | number)[]): unknown => dig(body.data, "customer", ...path);
  return {
    health: [at("healthStatus"), at("access", 0, "disclosure"), at("access", 0, "reason")],
    others: [at("access", 1, "disclosure"), at("access", 2, "disclosure")],
  };
}

/** What is read without an elevation: a group of illnesses, and that there is a medicine. */
const SHUT = {
  health: ["CARDIOVASCULAR", "COARSE", "CLASS_PRIVATE"],
  others: ["EXISTS", "PARTIAL"],
};
const CLEAR = { health: [FULL_RECORD.healthStatus, "CLEAR", null], others: SHUT.others };
const EXPIRED = { health: ["CARDIOVASCULAR", "COARSE", "ELEVATION_EXPIRED"], others: SHUT.others };

test("an elevation opens one field of one customer to one person for one purpose, and ends (decisions 25 and 26)", async () => {
  expect(await reading()).toEqual(SHUT);
  const id = await requested();
  expect(await reading()).toEqual(SHUT);
  expect(codeOf(await approve({ id, by: OFFICER }))).toBe("FOUR_EYES_REQUIRED");
  expect(await reading()).toEqual(SHUT);
  expect(codeOf(await approve({ id }))).toBeNull();

  passMinutes(20);
  expect(await reading()).toEqual(CLEAR);
  expect(await reading({ of: OTHER })).toEqual(SHUT);
  expect(await reading({ purpose: "DISPUTE_HANDLING" })).toEqual(SHUT);
  expect(await reading({ by: DEPUTY })).toEqual(SHUT);

  passMinutes(61);
  expect(await reading()).toEqual(EXPIRED);
  expect(await reading({ of: OTHER })).toEqual(SHUT);
  expect(await reading({ purpose: "DISPUTE_HANDLING" })).toEqual(SHUT);
  expect(await reading({ by: DEPUTY })).toEqual(SHUT);
});

test("of two people who approve at the same time on two nodes, one does", async () => {
  const id = await requested();
  const steps = await Promise.all([
    approve({ id }),
    approve({ id, by: COUNSEL, purpose: "DISPUTE_HANDLING", node: second }),
  ]);
  expect(new Set(steps.map(codeOf))).toEqual(new Set([null, "VERSION_CONFLICT"]));
  expect(await eventsOf("ELEVATION_APPROVED", id)).toBe(1);
});

test("of two people who end it at the same time on two nodes, one does", async () => {
  const id = await requested();
  expect(codeOf(await approve({ id }))).toBeNull();
  const steps = await Promise.all([end({ id }), end({ id, by: DEPUTY, node: second })]);
  expect(new Set(steps.map(codeOf))).toEqual(new Set([null, "VERSION_CONFLICT"]));
  expect(await eventsOf("ELEVATION_ENDED", id)).toBe(1);
});

async function eventsOf(kind: string, elevation: string): Promise<number> {
  const { rows } = await server.app.services.database.pool.query<{ count: number }>(
    "select count(*)::int as count from customer_event where kind = $1 and source = $2",
    [kind, `elevation ${elevation}`],
  );
  return rows[0]?.count ?? 0;
}
