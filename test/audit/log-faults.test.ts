import pg from "pg";
import { DEMO_CUSTOMER_IDS } from "../../src/identity/demo-callers.ts";
import { durableRecords, recordsOf, requestIdOf } from "../support/decision-records.ts";
import { eventually } from "../support/eventually.ts";
import { expectNothingTold } from "../support/nothing-told.ts";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";

const OWN = { purpose: "SELF_ACCESS" };
const ID = DEMO_CUSTOMER_IDS.transferor;
const PRIVATE = `{ customer(id: "${ID}") { fullName phone healthStatus } }`;
const SENSITIVE = `{ customer(id: "${ID}") { fullName phone purchaseTotal } }`;
const PUBLIC = `{ customer(id: "${ID}") { fullName phone } }`;
interface Shown {
  readonly customer: Readonly<Record<string, string | null>>;
}

/** Ways in which the inbox refuses what it is given, as PostgreSQL says them. */
const REFUSALS: readonly (readonly [name: string, sqlState: string])[] = [
  ["the disk is full", "53100"],
  ["INSERT is revoked", "42501"],
  ["the server only reads", "25006"],
  ["the statement was cancelled", "57014"],
];

let server: TestServer;
let lenient: TestServer;
let admin: pg.Client;
beforeAll(async () => {
  server = await startTestServer({ settings: { DATABASE_CONNECT_TIMEOUT_MS: "4000" } });
  lenient = await startTestServer({
    beside: server,
    settings: { AUDIT_SENSITIVE: "mask", AUDIT_PRIVATE: "mask", AUDIT_MAX_BACKLOG: "20000" },
  });
  admin = new pg.Client(server.database.url);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await lenient.close();
  await server.close();
});

/** While the work is done, every insert into the inbox fails. */
async function whileRefusing(sqlState: string, work: () => Promise<void>): Promise<void> {
  await admin.query(`
    create function refuse_records() returns trigger language plpgsql as
      $$ begin raise exception 'canary' using errcode = '${sqlState}'; end $$;
    create trigger refuse_records before insert on decision_inbox
      for each statement execute function refuse_records()`);
  try {
    await work();
  } finally {
    await admin.query(
      "drop trigger refuse_records on decision_inbox; drop function refuse_records()",
    );
  }
}

const own = (node: TestServer, document: string): Promise<Answered<Shown>> =>
  node.ask<Shown>("data-subject", document, OWN);

async function expectServed(node: TestServer): Promise<void> {
  await eventually(async () => {
    const { status, body } = await own(node, PRIVATE);
    expect(status).toBe(200);
    expect(body.data?.customer["healthStatus"]).toEqual(expect.any(String));
  });
}

describe("where the log can't be written", () => {
  test.each(REFUSALS)("because %s, no protected value leaves", async (_name, sqlState) => {
    await whileRefusing(sqlState, async () => {
      for (const document of [PRIVATE, SENSITIVE]) {
        const { status, body, headers } = await own(server, document);
        expect(status).toBe(503);
        expect(body.data).toBeUndefined();
        expect(body.errors?.map(({ extensions }) => extensions["code"])).toEqual([
          "SERVICE_UNAVAILABLE",
        ]);
        expect(headers.get("retry-after")).toBe("1");
        expectNothingTold(JSON.stringify(body));
      }
    });
    await expectServed(server);
  });

  test("PUBLIC values leave, and their records follow once it can be written again, each once", async () => {
    const ids: string[] = [];
    await whileRefusing("53100", async () => {
      for (let times = 0; times < 5; times += 1) {
        const answer = await own(server, PUBLIC);
        expect(answer.body.data?.customer["fullName"]).toBe("张明远");
        ids.push(requestIdOf(answer));
      }
    });
    await eventually(async () => {
      for (const id of ids) expect(await recordsOf(server, id)).toHaveLength(1);
    });
    const all = (await durableRecords(admin)).map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
  });

  test("a change is not answered as done before it is on record, and is on record afterwards", async () => {
    let id = "";
    await whileRefusing("53100", async () => {
      const answer = await server.ask(
        "data-steward",
        `mutation { updateCustomer(input: { id: "${DEMO_CUSTOMER_IDS.transferor}", expectedVersion: 1, email: "a@example.org" }) { customer { id } } }`,
        { purpose: "DATA_QUALITY" },
      );
      expect(answer.status).toBe(503);
      expect(answer.body.data).toBeUndefined();
      id = requestIdOf(answer);
      expect(await recordsOf(server, id)).toEqual([]);
    });
    await eventually(async () => {
      const verbs = (await recordsOf(server, id)).filter(({ action }) => action === "VERB");
      expect(verbs).toHaveLength(1);
    });
  });

  test("a connection that was ended is opened again, and nothing is lost or doubled", async () => {
    const answers: Answered[] = [];
    const ends = setInterval(() => {
      void admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'custodia log' and datname = current_database()`,
      );
    }, 15);
    try {
      for (let times = 0; times < 40; times += 1) answers.push(await own(server, SENSITIVE));
    } finally {
      clearInterval(ends);
    }
    const served = answers.filter(({ status }) => status === 200);
    for (const answer of served)
      expect(await recordsOf(server, requestIdOf(answer))).toHaveLength(1);
    for (const { status, body } of answers) {
      if (status === 200) continue;
      expect(status).toBe(503);
      expect(body.data).toBeUndefined();
    }
    await expectServed(server);
    const all = (await durableRecords(admin)).map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("where the setting says mask", () => {
  test("everything but the protected values is answered, and said to be withheld", async () => {
    await whileRefusing("53100", async () => {
      const { status, body } = await own(lenient, PRIVATE);
      expect(status).toBe(200);
      expect(body.data?.customer).toMatchObject({ fullName: "张明远", healthStatus: null });
      expect(body.extensions).toHaveProperty(
        ["access", "fields"],
        expect.arrayContaining([
          {
            path: "customer.healthStatus",
            disclosure: "NONE",
            reason: "LOG_UNAVAILABLE",
            rule: "decision-log",
          },
        ]),
      );
    });
    await expectServed(lenient);
  });

  test("once too much waits to be written, nothing is decided any more", async () => {
    await whileRefusing("53100", async () => {
      const statuses = new Set<number>();
      for (let times = 0; times < 60 && !statuses.has(503); times += 1)
        statuses.add((await own(lenient, PUBLIC)).status);
      expect([...statuses]).toEqual([200, 503]);
    });
    await expectServed(lenient);
  });
});
