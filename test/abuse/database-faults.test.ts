import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { DEMO_CUSTOMER_IDS } from "../../src/identity/demo-callers.ts";
import { canaryId } from "../support/canaries.ts";
import { CANARY, expectNothingTold } from "../support/nothing-told.ts";
import { settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const AGENT = "cs-agent";
const CARE = { purpose: "CUSTOMER_CARE" };
const STEWARD = { purpose: "DATA_QUALITY" };

let server: TestServer;
let admin: pg.Client;
beforeAll(async () => {
  server = await startTestServer({
    settings: { STATEMENT_TIMEOUT_MS: "400", DATABASE_CONNECT_TIMEOUT_MS: "2000" },
  });
  await settlePopulation(server);
  admin = new pg.Client(server.database.url);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await server.close();
});

async function expectFault(
  ask: () => Promise<Awaited<ReturnType<TestServer["ask"]>>>,
  code: string,
): Promise<void> {
  const before = server.logged().length;
  const { body } = await ask();
  expect([...new Set(body.errors?.map(({ extensions }) => extensions["code"]))]).toEqual([code]);
  for (const error of body.errors ?? [])
    expect(Object.keys(error.extensions).sort()).toEqual(["code", "requestId"]);
  expectNothingTold(JSON.stringify(body));
  expectNothingTold(server.logged().slice(before));
}

/** Served again at once, or as soon as the pool has heard which of its idle connections are gone. */
async function expectServed(ask: () => ReturnType<TestServer["ask"]>): Promise<void> {
  for (const waited of [0, 50, 200, 1_000]) {
    await pause(waited);
    const { body } = await ask();
    if (body.errors === undefined) return;
    expect(body.errors[0]?.extensions["code"]).toBe("SERVICE_UNAVAILABLE");
  }
  throw new Error("not served any more");
}

const LIST = "{ customers(first: 3) { totalCount nodes { fullName phone idNumber } } }";
const CHANGE = `mutation { updateCustomer(input: { id: "${canaryId(1)}", expectedVersion: 1, email: "${CANARY}@example.com" }) { customer { id } } }`;

describe("a fault of the database", () => {
  test("a table that stays locked: SERVICE_UNAVAILABLE once the statement has taken too long", async () => {
    await admin.query("begin; lock table customer in access exclusive mode");
    try {
      await expectFault(() => server.ask(AGENT, LIST, CARE), "SERVICE_UNAVAILABLE");
    } finally {
      await admin.query("rollback");
    }
  });

  test("a row that stays locked: a change is SERVICE_UNAVAILABLE in the same time", async () => {
    await admin.query("begin");
    await admin.query("select 1 from customer where id = $1 for update", [canaryId(1)]);
    const began = performance.now();
    try {
      await expectFault(() => server.ask("data-steward", CHANGE, STEWARD), "SERVICE_UNAVAILABLE");
    } finally {
      await admin.query("rollback");
    }
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test.each([
    ["a list", "lock table customer in access exclusive mode", () => server.ask(AGENT, LIST, CARE)],
    [
      "a change",
      "select 1 from customer for update",
      () => server.ask("data-steward", CHANGE, STEWARD),
    ],
  ])(
    "the connection ended during %s: SERVICE_UNAVAILABLE, and the service goes on",
    async (_name, lock, ask) => {
      await admin.query(`begin; ${lock}`);
      const asked = expectFault(ask, "SERVICE_UNAVAILABLE");
      await pause(100);
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
      await asked;
      await admin.query("rollback");
      await expectServed(() => server.ask(AGENT, LIST, CARE));
    },
  );

  test("changes go on after more connections were lost in them than there are", async () => {
    for (let lost = 0; lost < 6; lost++) {
      await admin.query("begin; select 1 from customer for update");
      const asked = server.ask("data-steward", CHANGE, STEWARD);
      await pause(60);
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
      expect((await asked).body.errors?.[0]?.extensions["code"]).toBe("SERVICE_UNAVAILABLE");
      await admin.query("rollback");
    }
    const change = CHANGE.replace(CANARY, "changed");
    await expectServed(() => server.ask("data-steward", change, STEWARD));
  });

  test("a statement that the database cannot run: INTERNAL_SERVER_ERROR without a word of it", async () => {
    await admin.query("alter table customer rename column phone to phone_canary");
    try {
      await expectFault(() => server.ask(AGENT, LIST, CARE), "INTERNAL_SERVER_ERROR");
    } finally {
      await admin.query("alter table customer rename column phone_canary to phone");
    }
  });

  test("a sealed value that was tampered with: INTERNAL_SERVER_ERROR for that field alone", async () => {
    const id = DEMO_CUSTOMER_IDS.transferor;
    await admin.query("update customer set id_number_sealed = bank_account_sealed where id = $1", [
      id,
    ]);
    const ask = (): ReturnType<TestServer["ask"]> =>
      server.ask("data-subject", `{ customer(id: "${id}") { fullName idNumber bankAccount } }`);
    await expectFault(ask, "INTERNAL_SERVER_ERROR");
    expect((await ask()).body.data).toEqual({
      customer: { fullName: "李娜", idNumber: null, bankAccount: "6217000010000000003" },
    });
  });
});
