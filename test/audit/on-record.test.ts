import { DEMO_CUSTOMER_IDS } from "../../src/identity/demo-callers.ts";
import { DEMO_ORGANISATIONS } from "../../src/identity/demo-organisations.ts";
import type { RecordedVerdict } from "../../src/audit/decision-record.ts";
import { ASKERS, canaryId } from "../support/canaries.ts";
import { fieldsOnRecord, recordsOf, requestIdOf } from "../support/decision-records.ts";
import { eventually } from "../support/eventually.ts";
import { CUSTOMER } from "../support/policy-world.ts";
import { settlePopulation } from "../support/population.ts";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";

interface Access {
  readonly field: string;
  readonly disclosure: string;
  readonly reason: string | null;
  readonly rule: string;
}
type Node = Readonly<Record<string, unknown>> & { readonly id: string; readonly access: Access[] };
interface Listed {
  readonly customers: { readonly nodes: readonly Node[] };
}

const FIELDS = [...CUSTOMER.fields.values()].filter(({ shape }) => shape !== "relation");
const NAMES = FIELDS.map(({ name }) => name);
const LIST = `query EveryField { customers(first: 30) {
  nodes { id ${NAMES.join(" ")} access(fields: ${JSON.stringify(NAMES)}) { field disclosure reason rule } }
} }`;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await settlePopulation(server);
});
afterAll(() => server.close());

function referenceOf(id: string): string {
  const reference = server.app.services.customerReferences.referenceOf(id);
  if (reference === null) throw new Error(`${id} has no reference`);
  return reference;
}

/** Records of an answer, as soon as all that it promises are there. */
async function recordsBehind(answer: Answered): ReturnType<typeof recordsOf> {
  let records: Awaited<ReturnType<typeof recordsOf>> = [];
  await eventually(async () => {
    records = await recordsOf(server, requestIdOf(answer));
    expect(records).not.toHaveLength(0);
  });
  return records;
}

function byField(one: { readonly field: string }, other: { readonly field: string }): number {
  return one.field < other.field ? -1 : 1;
}

describe("every field of every row that a caller is answered is on record as it was decided", () => {
  test.each(ASKERS)("$caller for $purpose", async ({ caller, purpose }) => {
    const answer = await server.ask<Listed>(caller, LIST, { purpose });
    const nodes = answer.body.data?.customers.nodes ?? [];
    if (nodes.length === 0) return;
    const records = await recordsBehind(answer);
    for (const { id, access } of nodes) {
      const reference = referenceOf(id);
      const onRecord = fieldsOnRecord(records, { type: "Customer", reference });
      expect(onRecord.sort(byField)).toEqual([...access].sort(byField));
    }
    const covered = records.filter(({ action }) => action === "READ");
    expect(new Set(covered.flatMap(({ rows }) => rows.customers))).toEqual(
      new Set(nodes.map(({ id }) => referenceOf(id))),
    );
    expectNoValue({ records, nodes });
  });

  test("nobody who asked was answered nothing at all", async () => {
    const answered = await Promise.all(
      ASKERS.map(({ caller, purpose }) => server.ask<Listed>(caller, LIST, { purpose })),
    );
    const withRows = answered.filter(({ body }) => (body.data?.customers.nodes.length ?? 0) > 0);
    expect(withRows.length).toBeGreaterThan(8);
  });
});

/** No value of more than three characters that was answered stands in a record, but for words of rules. */
function expectNoValue({
  records,
  nodes,
}: {
  records: Awaited<ReturnType<typeof recordsOf>>;
  nodes: readonly Node[];
}): void {
  const told = JSON.stringify(records);
  const values = nodes.flatMap((node) =>
    FIELDS.filter(({ shape }) => shape === "text").map(({ name }) => node[name]),
  );
  for (const value of values) {
    if (typeof value !== "string" || value.length < 4 || /^\*+$/.test(value)) continue;
    expect(told).not.toContain(value);
  }
  for (const { id } of nodes) expect(told).not.toContain(id);
}

describe("how much is on record", () => {
  const AGENT = { purpose: "SERVICE_DELIVERY" };

  test("a list of customers in no transfer costs one record for each set of verdicts", async () => {
    const answer = await server.ask<Listed>(
      "cs-agent",
      "{ customers(first: 100, orderBy: [{ field: recordedOn, direction: DESC }]) { nodes { id fullName idNumber } } }",
      AGENT,
    );
    const records = await recordsBehind(answer);
    const sets = records.map(({ transfers, verdicts }) => JSON.stringify([transfers, verdicts]));
    expect(new Set(sets).size).toBe(sets.length);
    const rows = records.reduce((sum, { rows: { count } }) => sum + count, 0);
    expect(rows).toBe(answer.body.data?.customers.nodes.length);
    const plain = records.filter(({ transfers }) => transfers.length === 0);
    expect(plain.length).toBeLessThanOrEqual(2);
  });

  test("a PRIVATE value in clear has a record of its own", async () => {
    const document = `{ customer(id: "${DEMO_CUSTOMER_IDS.transferor}") { fullName phone healthStatus maritalStatus } }`;
    const answer = await server.ask("data-subject", document, { purpose: "SELF_ACCESS" });
    const records = await recordsOf(server, requestIdOf(answer));
    const shown = records.map(({ clear, verdicts, rows }) => ({
      clear,
      fields: verdicts.flatMap(({ fields }) => fields),
      rows: rows.count,
    }));
    expect(shown).toContainEqual({ clear: "PRIVATE", fields: ["healthStatus"], rows: 1 });
    expect(shown).toContainEqual({ clear: "PRIVATE", fields: ["maritalStatus"], rows: 1 });
  });

  test("a field that is asked for three times is one decision", async () => {
    const id = DEMO_CUSTOMER_IDS.transferor;
    const document = `{ a: customer(id: "${id}") { phone more: phone ...F } } fragment F on Customer { again: phone }`;
    const answer = await server.ask("cs-agent", document, AGENT);
    const [record, ...others] = await recordsBehind(answer);
    expect(others).toEqual([]);
    expect(record?.verdicts.flatMap(({ fields }) => fields)).toEqual(["phone"]);
  });
});

describe("an answer with protected values is on record before it arrives", () => {
  test.each([
    ["compliance-officer", "DISPUTE_HANDLING", "purchaseTotal"],
    ["data-subject", "SELF_ACCESS", "healthStatus"],
    ["cs-agent", "SERVICE_DELIVERY", "purchaseTotal"],
  ])("%s for %s reads %s", async (caller, purpose, field) => {
    const answer = await server.ask(caller, `{ customers(first: 100) { nodes { id ${field} } } }`, {
      purpose,
    });
    const records = await recordsOf(server, requestIdOf(answer));
    const shown = records.flatMap(({ verdicts }) =>
      verdicts.filter(({ disclosure }) => disclosure === "CLEAR").flatMap(({ fields }) => fields),
    );
    expect(shown).toContain(field);
  });
});

describe("what was refused is on record", () => {
  const refused = async (
    caller: string,
    document: string,
    purpose?: string,
  ): Promise<Awaited<ReturnType<typeof recordsOf>>> =>
    recordsBehind(await server.ask(caller, document, { purpose }));
  const decided = (verdicts: readonly RecordedVerdict[]): unknown =>
    verdicts.map(({ fields, disclosure, reason }) => ({ fields, disclosure, reason }));

  test("a filter on a field that the caller can't read", async () => {
    const [record, ...others] = await refused(
      "sales-analyst",
      `{ customers(filter: { bankAccount: { eq: "6222021000112233449" } }) { nodes { id } } }`,
      "ANALYTICS",
    );
    expect(others).toEqual([]);
    expect(record).toMatchObject({ action: "FILTER", refusal: "FIELD_FILTER_FORBIDDEN" });
    expect(decided(record?.verdicts ?? [])).toEqual([
      { fields: ["bankAccount"], disclosure: "NONE", reason: "FIELD_FILTER_FORBIDDEN" },
    ]);
    expect(JSON.stringify(record)).not.toContain("6222021000112233449");
  });

  test("an order by a field that nobody may order by", async () => {
    const [record] = await refused(
      "internal-auditor",
      "{ customers(orderBy: [{ field: fullName }]) { nodes { id } } }",
      "COMPLIANCE_AUDIT",
    );
    expect(record).toMatchObject({ action: "SORT", refusal: "FIELD_SORT_FORBIDDEN" });
  });

  test("a hidden customer and a missing one are on record alike, by reference", async () => {
    const hidden = DEMO_CUSTOMER_IDS.transferor;
    const missing = "0192a000-0000-7000-8000-00000000ffff";
    const [one] = await refused("unrelated-cs-agent", ask(hidden), "SERVICE_DELIVERY");
    const [other] = await refused("unrelated-cs-agent", ask(missing), "SERVICE_DELIVERY");
    expect(one).toMatchObject({
      action: "ROW",
      refusal: "NOT_FOUND",
      rows: { count: 1, customers: [referenceOf(hidden)], circumstances: [] },
    });
    const alike = (record: typeof one): unknown => ({
      ...record,
      id: "",
      request: "",
      operation: null,
      caller: { ...record?.caller, tokenId: "" },
      rows: { ...record?.rows, customers: [] },
    });
    expect(alike(other)).toEqual(alike(one));
  });

  test("a change that the caller may not make, and no value of it", async () => {
    const [record] = await refused(
      "cs-agent",
      `mutation { updateCustomer(input: { id: "${canaryId(1)}", expectedVersion: 1, email: "canary-7f3a9c@example.com" }) { customer { id } } }`,
      "CUSTOMER_CARE",
    );
    expect(record).toMatchObject({
      action: "VERB",
      refusal: "FORBIDDEN",
      about: { verb: "update", fields: ["email"] },
    });
    expect(JSON.stringify(record)).not.toContain("canary");
  });

  test("a purpose that is missing", async () => {
    const [record] = await refused("compliance-officer", "{ customers { nodes { id fullName } } }");
    expect(record).toMatchObject({ action: "REQUEST", refusal: "PURPOSE_REQUIRED", purpose: null });
  });

  test("a request that policy refuses as a whole, with the rule", async () => {
    const foreign = ASKERS.find(({ caller }) => caller.startsWith("gov-liaison"));
    const [record] = await refused(
      foreign?.caller ?? "",
      ask("0192a000-0000-7000-8000-00000000fffe"),
      foreign?.purpose,
    );
    expect(record?.refusal).not.toBeNull();
    expect(record?.rows.customers).toEqual([referenceOf("0192a000-0000-7000-8000-00000000fffe")]);
  });

  function ask(id: string): string {
    return `{ customer(id: "${id}") { fullName } }`;
  }
});

test("what was done is on record before it is answered", async () => {
  const id = canaryId(1);
  const answer = await server.ask(
    "data-steward",
    `mutation { updateCustomer(input: { id: "${id}", expectedVersion: 1, email: "li@example.org" }) { customer { email } } }`,
    { purpose: "DATA_QUALITY" },
  );
  const records = await recordsOf(server, requestIdOf(answer));
  expect(records).toContainEqual(
    expect.objectContaining({
      action: "VERB",
      about: { verb: "update", fields: ["email"] },
      rows: expect.objectContaining({ customers: [referenceOf(id)] }) as object,
      concerned: [DEMO_ORGANISATIONS.transferor.id],
    }),
  );
});

test("a reader without a token leaves no record, as there is nothing that was decided", async () => {
  const answer = await server.ask(null, "{ customers { nodes { id } } }");
  expect(answer.status).toBe(401);
  expect(await recordsOf(server, requestIdOf(answer))).toEqual([]);
});
