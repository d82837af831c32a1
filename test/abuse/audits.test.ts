import { canaryId, dig, insertCanaries, transferId } from "../support/canaries.ts";
import { FULL_RECORD } from "../support/customer-world.ts";
import { eventually } from "../support/eventually.ts";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";

/* What an audit opens to auditors from outside, on two nodes: nothing before its fieldwork, and nothing after. */

const OFFICER = "compliance-officer";
const DEPUTY = "compliance-deputy";
const AUDITOR = "external-auditor";

/** Of the audited organisation and in no transfer: no audit of the demonstration reaches it. */
const ELSEWHERE = canaryId(951);
const RUNNING = "0192a000-0000-7000-8000-00000000b001";
const OF_TRANSFEREE = "0192a000-0000-7000-8000-00000000b008";

const PLAN = `mutation ($input: PlanAuditInput!) { planAudit(input: $input) { engagement { id version } } }`;
const ADVANCE = `mutation ($input: AdvanceAuditInput!) { advanceAudit(input: $input) { engagement { state version } } }`;
const DECLARE = `mutation ($input: AuditStepInput!) { declareIndependence(input: $input) { engagement { version } } }`;
const CLOSE = `mutation ($input: CloseAuditInput!) { closeAudit(input: $input) { engagement { state } } }`;
const DRAW = `mutation ($input: DrawAuditSampleInput!) {
  drawAuditSample(input: $input) { isSame idDigest populationSize sample { id } customers { id } } }`;
const DRAW_AGAIN = `query ($id: ID!) { auditSample(id: $id) { isSame idDigest populationSize } }`;

let server: TestServer;
let second: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  second = await startTestServer({ beside: server });
  await insertCanaries(server, [
    {
      id: ELSEWHERE,
      record: { ...FULL_RECORD, customerNo: "AUDIT-1", uscc: null },
      isAudited: false,
    },
  ]);
});
afterAll(async () => {
  await second.close();
  await server.close();
});

const codeOf = ({ body }: Answered): unknown => body.errors?.[0]?.extensions["code"] ?? null;
const faultOf = ({ body }: Answered): unknown => body.errors?.[0]?.extensions["fault"] ?? null;

function send(by: string, document: string, input: object): Promise<Answered> {
  const purpose = by.includes("auditor") ? "COMPLIANCE_AUDIT" : "RIGHTS_REQUEST";
  return server.ask(by, document, { purpose, variables: { input } });
}

function plan(code: string, changes: object = {}, by = OFFICER): Promise<Answered> {
  return send(by, PLAN, {
    code,
    kind: "EXTERNAL",
    organisations: ["transferor"],
    limitedToTransfers: false,
    from: "2026-01-01",
    to: "2026-12-31",
    criteria: ["PIPL Art. 51"],
    team: [AUDITOR],
    ...changes,
  });
}

const idOf = (answered: Answered): string =>
  String(dig(answered.body.data, "planAudit", "engagement", "id"));

/** What the auditor is answered about the customer, by the other node. */
async function reads(id = ELSEWHERE): Promise<unknown> {
  const document = `query ($id: ID!) { customer(id: $id) { state } }`;
  const answered = await second.ask(AUDITOR, document, { variables: { id } });
  return codeOf(answered) ?? dig(answered.body.data, "customer", "state");
}

async function counted(): Promise<unknown> {
  const { body } = await second.ask(AUDITOR, "{ customers(first: 1) { totalCount } }");
  return dig(body.data, "customers", "totalCount");
}

describe("an audit by others", () => {
  let id = "";
  const step = { id: "", expectedVersion: 1 };

  test("opens nothing when it is planned", async () => {
    const before = await counted();
    id = idOf(await plan("AUDIT-A"));
    step.id = id;
    expect(await reads()).toBe("NOT_FOUND");
    expect(await counted()).toBe(before);
  });

  test("does not begin before everybody declared to be independent, whoever asks", async () => {
    for (const by of [OFFICER, DEPUTY])
      expect(codeOf(await send(by, ADVANCE, { ...step, to: "FIELDWORK" }))).toBe(
        by === OFFICER ? "FOUR_EYES_REQUIRED" : "INDEPENDENCE_NOT_DECLARED",
      );
    expect(codeOf(await send(AUDITOR, ADVANCE, { ...step, to: "DRAFT" }))).toBe("INVALID_STATE");
    expect(await reads()).toBe("NOT_FOUND");
  });

  test("takes two people of the audited, and none of its team", async () => {
    expect(codeOf(await send(AUDITOR, DECLARE, step))).toBeNull();
    expect(codeOf(await send(AUDITOR, DECLARE, { ...step, expectedVersion: 2 }))).toBe(
      "INVALID_STATE",
    );
    const begin = { ...step, expectedVersion: 2, to: "FIELDWORK" };
    expect(codeOf(await send(OFFICER, ADVANCE, begin))).toBe("FOUR_EYES_REQUIRED");
    expect(codeOf(await send(AUDITOR, ADVANCE, begin))).toBe("FORBIDDEN");
    expect(codeOf(await send("transferee-compliance-officer", ADVANCE, begin))).toBe("NOT_FOUND");
    expect(codeOf(await send(DEPUTY, ADVANCE, { ...begin, expectedVersion: 1 }))).toBe(
      "VERSION_CONFLICT",
    );
    expect(await reads()).toBe("NOT_FOUND");
    expect(codeOf(await send(DEPUTY, ADVANCE, begin))).toBeNull();
    await eventually(async () => expect(await reads()).toBe("ACTIVE"));
  });

  test("shows nobody but the audited", async () => {
    const { body } = await second.ask(
      AUDITOR,
      `{ customers(first: 200) { nodes { controller { code } } } transfers { nodes { transferor { code } transferee { code } } } }`,
    );
    const codes = (dig(body.data, "customers", "nodes") as object[]).map((one) =>
      dig(one, "controller", "code"),
    );
    // Of minors without an approval not even that is read.
    expect(new Set(codes.filter((code) => code !== null))).toEqual(new Set(["transferor"]));
    expect(await reads("0192a000-0000-7000-8000-000000000502")).toBe("NOT_FOUND");
  });

  test("ends when the audited end it, on the other node as well, with a reason", async () => {
    const close = { id, expectedVersion: 3 };
    expect(codeOf(await send(OFFICER, CLOSE, close))).toBe("REASON_REQUIRED");
    expect(codeOf(await send(AUDITOR, CLOSE, { ...close, reason: "Done." }))).toBe("FORBIDDEN");
    expect(await reads()).toBe("ACTIVE");
    expect(codeOf(await send(OFFICER, CLOSE, { ...close, reason: "Ended early." }))).toBeNull();
    await eventually(async () => expect(await reads()).toBe("NOT_FOUND"));
    expect(codeOf(await send(OFFICER, CLOSE, { ...close, expectedVersion: 4, reason: "x" }))).toBe(
      "INVALID_STATE",
    );
  });
});

test("a firm rotates out after three audits of one organisation in a row, and an internal one is none", async () => {
  // One of the demonstration runs, one of last year is over, and the one above had begun.
  const internal = await plan("AUDIT-B", { kind: "INTERNAL", team: ["internal-auditor"] });
  expect(codeOf(internal)).toBeNull();
  expect(codeOf(await plan("AUDIT-C"))).toBe("AUDITOR_ROTATION");
  expect(codeOf(await plan("AUDIT-C", { kind: "REGULATOR_ORDERED" }))).toBe("AUDITOR_ROTATION");
});

test("an audit of another organisation does not exist", async () => {
  const step = { id: OF_TRANSFEREE, expectedVersion: 1 };
  for (const by of [OFFICER, "internal-auditor", AUDITOR]) {
    expect(codeOf(await send(by, DECLARE, step))).toBe("NOT_FOUND");
    expect(codeOf(await send(by, CLOSE, { ...step, reason: "x" }))).toBe("NOT_FOUND");
    expect(codeOf(await send(by, ADVANCE, { ...step, to: "FIELDWORK" }))).toBe("NOT_FOUND");
  }
  expect(faultOf(await plan("AUDIT-D", { organisations: ["transferee"] }))).toBe("unknown");
});

test("an audit that names no transfer is of none, and one that is not limited names none", async () => {
  expect(faultOf(await plan("AUDIT-E", { limitedToTransfers: true }))).toBe("required");
  expect(faultOf(await plan("AUDIT-E", { transferIds: [transferId("TR-2026-005")] }))).toBe(
    "notLimited",
  );
});

test.each([
  [["nobody"], "unknown"],
  [["transferee-internal-auditor"], "unknown"],
  [["cs-agent"], "noAuditor"],
  [["internal-auditor"], "notIndependent"],
  [[OFFICER], "noAuditor"],
])("%j are no team from outside: %s", async (team, fault) => {
  expect(faultOf(await plan("AUDIT-F", { team }))).toBe(fault);
});

test("nobody plans the audit of those who could plan it", async () => {
  for (const by of [AUDITOR, "cs-agent", "data-subject"]) {
    const purpose = { "data-subject": "SELF_ACCESS", "cs-agent": "SERVICE_DELIVERY" }[by];
    const input = {
      code: "AUDIT-G",
      kind: "EXTERNAL",
      organisations: ["transferor"],
      team: [AUDITOR],
    };
    const rest = {
      limitedToTransfers: false,
      from: "2026-01-01",
      to: "2026-12-31",
      criteria: ["x"],
    };
    const variables = { input: { ...input, ...rest } };
    expect(codeOf(await server.ask(by, PLAN, { purpose, variables }))).toBe("FORBIDDEN");
  }
});

describe("a sample", () => {
  const draw = { engagementId: RUNNING, of: "CUSTOMERS", seed: 42, size: 10 };

  test("comes out the same for the same seed, on every node, and differs for another", async () => {
    const first = await send(AUDITOR, DRAW, draw);
    const id = dig(first.body.data, "drawAuditSample", "sample", "id");
    const digest = dig(first.body.data, "drawAuditSample", "idDigest");
    const again = await second.ask(AUDITOR, DRAW_AGAIN, { variables: { id } });
    expect(dig(again.body.data, "auditSample")).toEqual({
      isSame: true,
      idDigest: digest,
      populationSize: dig(first.body.data, "drawAuditSample", "populationSize"),
    });
    const other = await send(AUDITOR, DRAW, { ...draw, seed: 43 });
    expect(dig(other.body.data, "drawAuditSample", "idDigest")).not.toBe(digest);
  });

  test("tells that the customers have changed since", async () => {
    const first = await send(AUDITOR, DRAW, draw);
    const id = dig(first.body.data, "drawAuditSample", "sample", "id");
    const record = { ...FULL_RECORD, customerNo: "AUDIT-2", uscc: null };
    await insertCanaries(server, [{ id: canaryId(952), record }]);
    const again = await second.ask(AUDITOR, DRAW_AGAIN, { variables: { id } });
    expect(dig(again.body.data, "auditSample", "isSame")).toBe(false);
  });

  test("is drawn from the audit alone, by its team alone, and by nothing that names a person", async () => {
    const { body } = await send(AUDITOR, DRAW, { ...draw, size: 200 });
    const drawn = (dig(body.data, "drawAuditSample", "customers") as { id: string }[]).map(
      (one) => one.id,
    );
    expect(drawn).not.toContain(ELSEWHERE);
    expect(drawn).toHaveLength(Number(dig(body.data, "drawAuditSample", "populationSize")));
    for (const by of [OFFICER, "internal-auditor"])
      expect(codeOf(await send(by, DRAW, draw))).toBe("FORBIDDEN");
    const filter = { customers: { customerNo: { eq: "AUDIT-2" } } };
    expect(codeOf(await send(AUDITOR, DRAW, { ...draw, filter }))).toBe("FIELD_FILTER_FORBIDDEN");
  });
});
