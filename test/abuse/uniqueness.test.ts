import { canaryId, dig, insertCanaries } from "../support/canaries.ts";
import { FULL_RECORD } from "../support/customer-world.ts";
import { settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const OURS = canaryId(1);
const THEIRS = canaryId(15);

let server: TestServer;
beforeEach(async () => {
  await settlePopulation(server);
});
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Change {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly version?: number;
}

/** The code of the refusal, or the version and e-mail after the change. */
async function change(caller: string, { id, email, name, version = 1 }: Change): Promise<unknown> {
  const query = `mutation ($input: UpdateCustomerInput!) {
    updateCustomer(input: $input) { clientMutationId customer { version email } } }`;
  const variables = { input: { id, email, clientMutationId: name, expectedVersion: version } };
  const { body } = await server.ask(caller, query, { purpose: "DATA_QUALITY", variables });
  return body.errors?.[0]?.extensions["code"] ?? dig(body.data, "updateCustomer");
}

const done = (name: string, version: number, email: string): unknown => ({
  clientMutationId: name,
  customer: { version, email },
});

describe("the name of a change", () => {
  test("belongs to the principal who gave it: another one's change of that name is another change", async () => {
    const name = "first";
    expect(await change("data-steward", { id: OURS, email: "ours@example.com", name })).toEqual(
      done(name, 2, "ours@example.com"),
    );
    expect(
      await change("transferee-data-steward", { id: THEIRS, email: "theirs@example.com", name }),
    ).toEqual(done(name, 2, "theirs@example.com"));
  });

  test("gives nobody else the answer of the one who gave it", async () => {
    const body = { id: OURS, email: "ours@example.com", name: "second" };
    await change("data-steward", body);
    expect(await change("transferee-data-steward", body)).toBe("NOT_FOUND");
    expect(await change("platform-admin", body)).toBe("NOT_FOUND");
  });

  test("tells nobody whether another used it", async () => {
    await change("data-steward", { id: OURS, email: "ours@example.com", name: "third" });
    const used = await change("transferee-data-steward", {
      id: OURS,
      email: "x@example.com",
      name: "third",
    });
    const unused = await change("transferee-data-steward", {
      id: OURS,
      email: "x@example.com",
      name: "unused",
    });
    expect(used).toEqual(unused);
  });

  test("makes a retry change nothing more, and another change of that name a conflict", async () => {
    const body = { id: OURS, email: "ours@example.com", name: "fourth" };
    await change("data-steward", body);
    expect(await change("data-steward", body)).toEqual(done("fourth", 2, "ours@example.com"));
    expect(await change("data-steward", { ...body, email: "other@example.com" })).toBe(
      "IDEMPOTENCY_CONFLICT",
    );
    expect(await change("data-steward", { ...body, id: canaryId(2) })).toBe("IDEMPOTENCY_CONFLICT");
  });

  test("is free again after a change that was refused", async () => {
    const body = { id: OURS, email: "ours@example.com", name: "fifth" };
    expect(await change("data-steward", { ...body, version: 7 })).toBe("VERSION_CONFLICT");
    expect(await change("data-steward", body)).toEqual(done("fifth", 2, "ours@example.com"));
  });

  test("makes many retries at once one change", async () => {
    const body = { id: OURS, email: "ours@example.com", name: "sixth" };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => change("data-steward", body)),
    );
    expect(answers).toEqual(Array(8).fill(done("sixth", 2, "ours@example.com")));
    const { rows } = await server.app.services.database.pool.query(
      "select count(*)::int as changes from customer_event where customer_id = $1 and kind = 'UPDATED'",
      [OURS],
    );
    expect(rows).toEqual([{ changes: 1 }]);
  });
});

describe("a customer number", () => {
  test("may be another organisation's as well: taking it tells nothing of that ledger", async () => {
    const record = { ...FULL_RECORD, customerNo: "C-15" };
    const twins = [
      { id: canaryId(101), record },
      { id: canaryId(102), organisation: "unrelated" as const, record },
    ];
    await expect(insertCanaries(server, twins)).resolves.toBeUndefined();
  });

  test("leads to the own organisation's customer only", async () => {
    await insertCanaries(server, [
      { id: canaryId(101), record: { ...FULL_RECORD, customerNo: "C-15" } },
    ]);
    const list = `{ customers(filter: { customerNo: { eq: "C-15" } }) { totalCount nodes { id } } }`;
    const found = async (caller: string): Promise<unknown> =>
      dig((await server.ask(caller, list, { purpose: "DATA_QUALITY" })).body.data, "customers");
    expect(await found("data-steward")).toEqual({ totalCount: 1, nodes: [{ id: canaryId(101) }] });
    expect(await found("transferee-data-steward")).toEqual({
      totalCount: 1,
      nodes: [{ id: THEIRS }],
    });
  });
});

test("a value that another customer has is taken like any other", async () => {
  const taken = FULL_RECORD.email ?? "";
  expect(await change("data-steward", { id: canaryId(3), email: taken, name: "a" })).toEqual(
    done("a", 2, taken),
  );
  expect(
    await change("transferee-data-steward", { id: canaryId(16), email: taken, name: "b" }),
  ).toEqual(done("b", 2, taken));
});
