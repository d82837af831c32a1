import pg from "pg";
import { eventually } from "../../support/eventually.ts";
import {
  ACTIVATE,
  APPROVE,
  productDocuments,
  remarked,
  RETIRE,
  storeVersion,
  SUBMIT,
  tamper,
  TEST,
  withoutNames,
} from "../../support/policy-life.ts";
import {
  type Answered,
  startTestServer,
  type TestServer,
} from "../../support/start-test-server.ts";

/** Tests of a policy compute for seconds, on a busy machine for many. */
const PATIENCE_MS = 240_000;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ settings: { MAX_BODY_BYTES: "2000000" } });
});
afterAll(() => server.close());

type Payload = Record<string, { policyVersion: Record<string, unknown> }>;

async function step(
  caller: string,
  query: string,
  input: object,
): Promise<Record<string, unknown>> {
  const purpose = caller === "operator-compliance-officer" ? "RIGHTS_REQUEST" : undefined;
  const { body } = await server.ask<Payload>(caller, query, { purpose, variables: { input } });
  const [payload] = Object.values(body.data ?? {});
  return payload?.policyVersion ?? { code: body.errors?.[0]?.extensions["code"] };
}

async function servedVersion(): Promise<unknown> {
  const { body } = await server.ask("internal-auditor", "{ viewer { id } }");
  return (body.extensions?.["access"] as { policyVersion: string } | undefined)?.policyVersion;
}

const version = (digest: string, expectedVersion: number): object => ({ digest, expectedVersion });

test(
  "from DRAFT to ACTIVE, by an author and somebody else, and back",
  async () => {
    const before = await servedVersion();
    const documents = remarked("first");
    const input = { documents, clientMutationId: "first" };
    const { digest } = await step("operator-platform-admin", SUBMIT, input);
    expect(await step("operator-platform-admin", SUBMIT, input)).toEqual({
      digest,
      state: "DRAFT",
      version: 1,
    });
    expect(await step("operator-platform-admin", SUBMIT, { documents })).toEqual({
      code: "INVALID_STATE",
    });
    const other = { ...input, documents: remarked("other") };
    expect(await step("operator-platform-admin", SUBMIT, other)).toEqual({
      code: "IDEMPOTENCY_CONFLICT",
    });

    const id = String(digest);
    expect(await step("operator-compliance-officer", APPROVE, version(id, 1))).toEqual({
      code: "INVALID_STATE",
    });
    expect(await step("operator-platform-admin", ACTIVATE, version(id, 1))).toEqual({
      code: "FOUR_EYES_REQUIRED",
    });
    const report = await step("operator-platform-admin", TEST, version(id, 1));
    expect(report).toMatchObject({
      state: "TESTED",
      version: 2,
      report: { failed: [], findings: [] },
    });
    expect(await step("operator-compliance-officer", APPROVE, version(id, 1))).toEqual({
      code: "VERSION_CONFLICT",
    });
    expect(await step("operator-compliance-officer", APPROVE, version(id, 2))).toMatchObject({
      state: "APPROVED",
    });
    expect(await step("operator-platform-admin", ACTIVATE, version(id, 3))).toEqual({
      code: "FOUR_EYES_REQUIRED",
    });
    expect(await servedVersion()).toBe(before);
    expect(await step("operator-compliance-officer", ACTIVATE, version(id, 3))).toMatchObject({
      state: "ACTIVE",
    });
    await eventually(async () => expect(await servedVersion()).toBe(id));

    const first = String(before);
    const back = await step("operator-platform-admin", ACTIVATE, {
      ...version(first, 3),
      replaces: id,
    });
    expect(back).toMatchObject({ state: "ACTIVE" });
    await eventually(async () => expect(await servedVersion()).toBe(first));
  },
  PATIENCE_MS,
);

test(
  "a policy that gives what the tables deny, or that nobody could replace, stays a DRAFT",
  async () => {
    const wider = productDocuments("roles/cs-agent.yaml", (text) =>
      text.replace("[NAME, CONTACT,", "[HEALTH, NAME, CONTACT,"),
    );
    const locked = productDocuments("roles/compliance-officer.yaml", (text) =>
      text.replace("may: [approvePolicy, activatePolicy]", "may: [activatePolicy]"),
    );
    for (const [documents, message] of [
      [wider, "healthStatus"],
      [locked, "No other policy could follow"],
    ] as const) {
      const { digest } = await step("operator-platform-admin", SUBMIT, { documents });
      const answer = await step("operator-platform-admin", TEST, version(String(digest), 1));
      expect(answer).toMatchObject({ state: "DRAFT", version: 2 });
      expect(JSON.stringify(answer)).toContain(message);
    }
  },
  PATIENCE_MS,
);

test("of two who replace the same version at once, one is told that it was replaced", async () => {
  const replaces = await servedVersion();
  const digests = await Promise.all(
    ["one", "two"].map((remark) =>
      storeVersion(server.database.url, { documents: remarked(remark), state: "APPROVED" }),
    ),
  );
  const answers = await Promise.all(
    digests.map((digest) =>
      step("operator-compliance-officer", ACTIVATE, { ...version(digest, 1), replaces }),
    ),
  );
  const states = answers.map((answer) => answer["state"] ?? answer["code"]);
  expect(new Set(states)).toEqual(new Set(["ACTIVE", "VERSION_CONFLICT"]));
});

test("a version is taken back before it comes into force, and not while it is", async () => {
  const documents = remarked("taken back");
  const digest = await storeVersion(server.database.url, { documents, state: "APPROVED" });
  expect(await step("operator-platform-admin", RETIRE, version(digest, 1))).toMatchObject({
    state: "RETIRED",
  });
  const again = await step("operator-compliance-officer", ACTIVATE, version(digest, 2));
  expect(again).toEqual({ code: "INVALID_STATE" });
});

const LIST = "{ customers(first: 1) { nodes { fullName } pageInfo { endCursor } } }";
type Listed = {
  customers: { nodes: { fullName: string | null }[]; pageInfo: { endCursor: string } };
};

function list(query = LIST): Promise<Answered<Listed>> {
  return server.ask<Listed>("cs-agent", query, { purpose: "SERVICE_DELIVERY" });
}

function policyOf({ body }: Answered): unknown {
  return (body.extensions?.["access"] as { policyVersion: string } | undefined)?.policyVersion;
}

test("a request ends under the version that it began with; the next one, and cursors, are of the new one", async () => {
  const before = await list();
  const cursor = before.body.data?.customers.pageInfo.endCursor ?? "";
  const documents = withoutNames();
  const digest = await storeVersion(server.database.url, { documents, state: "APPROVED" });
  const admin = new pg.Client(server.database.url);
  await admin.connect();
  await admin.query("begin; lock table customer in access exclusive mode");
  const inFlight = list();
  await eventually(async () => {
    const { rows } = await admin.query(
      "select 1 from pg_locks where not granted and relation = 'customer'::regclass",
    );
    expect(rows).toHaveLength(1);
  });
  expect(await step("operator-compliance-officer", ACTIVATE, version(digest, 1))).toMatchObject({
    state: "ACTIVE",
  });
  await eventually(async () => expect(await servedVersion()).toBe(digest));
  await admin.query("rollback");
  await admin.end();
  const answer = await inFlight;
  expect(policyOf(answer)).toBe(policyOf(before));
  expect(answer.body.data).toEqual(before.body.data);
  const after = await list();
  expect(policyOf(after)).toBe(digest);
  expect(after.body.data?.customers.nodes).toEqual([{ fullName: null }]);
  const continued = await list(LIST.replace("first: 1", `first: 1, after: "${cursor}"`));
  expect(continued.body.errors?.[0]?.extensions).toMatchObject({
    code: "VALIDATION_FAILED",
    field: "cursor",
  });
});

describe("where the active version is not sound, nothing is served", () => {
  const ready = async (): Promise<unknown> => {
    const response = await fetch(`${server.url}/health/ready`);
    const { reason = "ready" } = (await response.json()) as { reason?: string };
    return reason;
  };

  async function expectSilence(): Promise<void> {
    await eventually(async () => expect(await ready()).toBe("policy"));
    for (const caller of ["internal-auditor", null]) {
      const { status, body } = await server.ask(caller, "{ __typename }");
      expect([status, body.errors?.[0]?.extensions["code"]]).toEqual([503, "SERVICE_UNAVAILABLE"]);
    }
  }

  test.each([
    [
      "documents that were tampered with",
      `update policy_version set documents = documents || '{"x.yaml": ""}' where state = 'ACTIVE'`,
      `update policy_version set documents = documents - 'x.yaml' where state = 'ACTIVE'`,
    ],
    [
      "none at all",
      "update policy_version set state = 'RETIRED', note = 'was active' where state = 'ACTIVE'",
      "update policy_version set state = 'ACTIVE' where note = 'was active'",
    ],
  ])("%s", async (_name, spoil, mend) => {
    expect(await ready()).toBe("ready");
    await tamper(server.database.url, spoil);
    await expectSilence();
    await tamper(server.database.url, mend);
    await eventually(async () => expect(await ready()).toBe("ready"));
    expect((await list()).status).toBe(200);
  });

  test("words of a newer release", async () => {
    const active = String(await servedVersion());
    const documents = productDocuments("rows.yaml", (text) => text.replace("about:", "abuot:"));
    const digest = await storeVersion(server.database.url, { documents, state: "APPROVED" });
    const refused = await step("operator-compliance-officer", ACTIVATE, version(digest, 1));
    expect(refused).toEqual({ code: "INVALID_STATE" });
    const swap = (from: string, to: string): Promise<void> =>
      tamper(
        server.database.url,
        `update policy_version set state = 'RETIRED' where digest = '${from}'; update policy_version set state = 'ACTIVE' where digest = '${to}'`,
      );
    await swap(active, digest);
    await expectSilence();
    expect(server.logged()).toContain("rows.yaml:");
    await swap(digest, active);
    await eventually(async () => expect(await ready()).toBe("ready"));
  });
});
