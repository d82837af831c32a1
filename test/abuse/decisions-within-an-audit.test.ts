import { verifyProof } from "../../src/audit/evidence/verify-proof.ts";
import { canonicalText, type DecisionRecord, NO_ROWS } from "../../src/audit/decision-record.ts";
import { parseVerifierKey } from "../../src/audit/notes/verifier-key.ts";
import { dig } from "../support/canaries.ts";
import { decisionRecord } from "../support/decision-seed.ts";
import { sealed, TRANSFEROR, ZHANG } from "../support/decision-world.ts";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";

/*
 * An auditor from outside sees the decisions of its audit, by whatever way it asks, and others do not
 * exist: those of another time, of another organisation, of transfers that are not audited, of none.
 * All of them are really sealed. The audit of the demonstration is about three transfers in 2026.
 */

const AUDITOR = "external-auditor";
const TRANSFEREE = "0192a000-0000-7000-8000-000000000102";
const UNRELATED = "0192a000-0000-7000-8000-000000000108";
const [AUDITED, AUDITED_TOO, NOT_AUDITED] = ["705", "711", "701"].map(
  (end) => `0192a000-0000-7000-8000-000000000${end}`,
) as [string, string, string];
const NOWHERE = "0192e000-0000-7000-8000-00000000ffff";
const idOf = (number: number): string =>
  `0192e000-0000-7000-8000-${String(number).padStart(12, "0")}`;

interface Made {
  readonly about: string;
  readonly isWithin: boolean;
  readonly changes: Partial<DecisionRecord>;
}

/** `concerned` and `transfers` beside a time. */
const made = (
  about: string,
  isWithin: boolean,
  changes: Pick<DecisionRecord, "concerned" | "transfers"> & { at?: string },
): Made => ({ about, isWithin, changes });

const MADE: readonly Made[] = [
  made("of an audited transfer", true, { concerned: [TRANSFEROR], transfers: [AUDITED] }),
  made("of the other party too", true, {
    concerned: [TRANSFEROR, TRANSFEREE],
    transfers: [NOT_AUDITED, AUDITED_TOO],
  }),
  made("of the first day", true, {
    concerned: [TRANSFEROR],
    transfers: [AUDITED],
    at: "2026-01-01T00:00:00.000Z",
  }),
  made("of the day before", false, {
    concerned: [TRANSFEROR],
    transfers: [AUDITED],
    at: "2025-12-31T23:59:59.999Z",
  }),
  made("of the day after", false, {
    concerned: [TRANSFEROR],
    transfers: [AUDITED],
    at: "2027-01-01T00:00:00.000Z",
  }),
  made("of another organisation", false, { concerned: [UNRELATED], transfers: [AUDITED] }),
  made("of the other party alone", false, { concerned: [TRANSFEREE], transfers: [AUDITED] }),
  made("of another transfer", false, { concerned: [TRANSFEROR], transfers: [NOT_AUDITED] }),
  made("of no transfer", false, { concerned: [TRANSFEROR], transfers: [] }),
  made("of nobody", false, { concerned: [], transfers: [] }),
];
const WITHIN = MADE.flatMap(({ isWithin }, number) => (isWithin ? [idOf(number)] : []));
const BEYOND = MADE.flatMap(({ about, isWithin }, number) =>
  isWithin ? [] : [[about, idOf(number)] as const],
);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await seal(MADE.map(({ changes }, number) => recordOf(number, changes)));
});
afterAll(() => server.close());

function recordOf(number: number, changes: Partial<DecisionRecord>): DecisionRecord {
  const customer = server.app.services.customerReferences.referenceOf(ZHANG) ?? "";
  return decisionRecord({
    id: idOf(number),
    operation: { name: "Audited", digest: "0123456789abcdef0123456789abcdef" },
    rows: { ...NO_ROWS, count: 1, customers: [customer] },
    verdicts: [
      {
        fields: ["phone"],
        disclosure: "NONE",
        reason: "NO_CASE",
        rule: `secret/rule-${number}`,
        stage: null,
        under: [],
      },
    ],
    ...changes,
  });
}

/** By the sealer, as if the application had written them. */
async function seal(records: readonly DecisionRecord[]): Promise<void> {
  const { pool } = server.app.services.database;
  for (const record of records)
    await pool.query("INSERT INTO decision_inbox (id, body) VALUES ($1, $2)", [
      record.id,
      canonicalText(record),
    ]);
  await sealed(server, records.length);
}

const ask = (query: string, variables: Record<string, unknown> = {}): Promise<Answered> =>
  server.ask(AUDITOR, query, { purpose: "COMPLIANCE_AUDIT", variables });
const codeOf = ({ body }: Answered): unknown => body.errors?.[0]?.extensions["code"] ?? null;
const idsIn = (nodes: unknown): string[] =>
  (nodes as { id: string }[]).map(({ id }) => id).toSorted();

test("a list and its count hold exactly the decisions of the audit", async () => {
  const { body } = await ask(
    '{ decisions(filter: { operation: "Audited" }) { totalCount isCapped nodes { id } } }',
  );
  expect(idsIn(dig(body.data, "decisions", "nodes"))).toEqual(WITHIN);
  expect(dig(body.data, "decisions", "totalCount")).toBe(WITHIN.length);
});

test("so do pages by cursor, in both directions", async () => {
  const page = `query ($a: String, $b: String, $f: Int, $l: Int) {
    decisions(first: $f, after: $a, last: $l, before: $b, filter: { operation: "Audited" }) {
      nodes { id } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`;
  const forward: string[] = [];
  const backward: string[] = [];
  for (let a: unknown = null, more = true; more;) {
    const { body } = await ask(page, { f: 1, a });
    forward.push(...idsIn(dig(body.data, "decisions", "nodes")));
    a = dig(body.data, "decisions", "pageInfo", "endCursor");
    more = dig(body.data, "decisions", "pageInfo", "hasNextPage") === true;
  }
  for (let b: unknown = null, more = true; more;) {
    const { body } = await ask(page, { l: 1, b });
    backward.unshift(...idsIn(dig(body.data, "decisions", "nodes")));
    b = dig(body.data, "decisions", "pageInfo", "startCursor");
    more = dig(body.data, "decisions", "pageInfo", "hasPreviousPage") === true;
  }
  expect(forward.toSorted()).toEqual(WITHIN);
  expect(backward).toEqual(forward);
});

test("a list without any filter holds nothing beyond the audit", async () => {
  const { body } = await ask("{ decisions(first: 200) { nodes { id } } }");
  const listed = idsIn(dig(body.data, "decisions", "nodes"));
  expect(listed).toEqual(expect.arrayContaining(WITHIN));
  for (const [, id] of BEYOND) expect(listed).not.toContain(id);
});

test("what was disclosed of a person is told as far as it is within the audit", async () => {
  const list = `{ decisions(filter: { customerId: "${ZHANG}", operation: "Audited" }) { totalCount nodes { id } } }`;
  const { body } = await ask(list);
  expect(idsIn(dig(body.data, "decisions", "nodes"))).toEqual(WITHIN);
  const disclosed = await ask(`{ disclosuresOf(customerId: "${ZHANG}") { nodes { id } } }`);
  for (const [, id] of BEYOND) expect(JSON.stringify(disclosed.body)).not.toContain(id);
});

const WAYS: readonly (readonly [string, (id: string) => string])[] = [
  ["decision", (id) => `{ decision(id: "${id}") { id rules record } }`],
  ["a proof", (id) => `{ decision(id: "${id}") { proof { treeIndex hashes file } } }`],
  ["node", (id) => `{ node(id: "${id}") { id } }`],
  ["nodes", (id) => `{ nodes(ids: ["${id}"]) { id } }`],
  ["explainDecision", (id) => `{ explainDecision(id: "${id}") { agrees hindrance } }`],
];

describe.each(BEYOND)("a decision %s", (_, hidden) => {
  test.each(WAYS)("does not exist by its id, through %s", async (__, query) => {
    const [answer, missing] = [await ask(query(hidden)), await ask(query(NOWHERE))];
    const told = ({ body }: Answered) => ({
      data: body.data ?? null,
      code: codeOf({ body } as Answered),
    });
    expect(told(answer)).toEqual(told(missing));
    expect(JSON.stringify(answer.body.data ?? null)).not.toContain("secret/rule");
  });

  test("is found by none of its words", async () => {
    const rule = `secret/rule-${Number(hidden.slice(-12))}`;
    const list = `{ decisions(filter: { rule: "${rule}" }) { totalCount nodes { id } } }`;
    const { body } = await ask(list);
    expect(body.data).toEqual({ decisions: { totalCount: 0, nodes: [] } });
  });
});

test.each(WAYS)("decisions of the audit are there through %s", async (_, query) => {
  const missing = await ask(query(NOWHERE));
  for (const id of WITHIN) {
    const answer = await ask(query(id));
    expect(codeOf(answer)).toBeNull();
    expect(answer.body.data).not.toEqual(missing.body.data ?? null);
  }
});

test("denials and replays count nothing beyond the audit", async () => {
  const denials = await ask(
    '{ denials(from: "2026-01-01T00:00:00Z", to: "2027-01-02T00:00:00Z", by: [RULE], top: 50) { records lines { word } } }',
  );
  const words = (dig(denials.body.data, "denials", "lines") as { word: string }[]).map(
    ({ word }) => word,
  );
  expect(words.filter((word) => word.startsWith("secret/")).toSorted()).toEqual(
    WITHIN.map((id) => `secret/rule-${Number(id.slice(-12))}`),
  );
  const to = dig(denials.body.extensions, "access", "policyVersion");
  const replay = await ask(
    `query ($to: String!) { replay(input: { to: $to, filter: { operation: "Audited" } }) { records differences { decisionId } } }`,
    { to },
  );
  expect(dig(replay.body.data, "replay", "records")).toBe(WITHIN.length);
});

describe("a proof", () => {
  const PROOF = `query ($id: ID!) { decision(id: $id) { record proof { file } } logKeys { verifierKey kind } }`;

  test("verifies offline, as the command verifies it, and of the record alone", async () => {
    const { body } = await ask(PROOF, { id: WITHIN[0] });
    expect(body.errors).toBeUndefined();
    const file = Buffer.from(String(dig(body.data, "decision", "proof", "file")));
    const record = Buffer.from(String(dig(body.data, "decision", "record")));
    const keys = (dig(body.data, "logKeys") as { verifierKey: string; kind: string }[])
      .filter(({ kind }) => kind === "LOG")
      .map(({ verifierKey }) => parseVerifierKey(verifierKey));
    const judged = (of: Buffer | null) =>
      verifyProof({ file, subject: "p", record: of, keys, witnesses: [] });
    expect(judged(record)).toMatchObject({ verdict: "OK", faults: [], notices: [] });
    const forged = Buffer.from(record.toString().replace("NO_CASE", "NO_CASF"));
    expect(judged(forged).verdict).toBe("PROOF_INVALID");
  });
});

describe("a sample of decisions", () => {
  const DRAW = `mutation ($input: DrawAuditSampleInput!) { drawAuditSample(input: $input) {
    isSame idDigest populationSize sample { id treeSize query } decisions { id } customers { id } } }`;
  const AGAIN = `query ($id: ID!) { auditSample(id: $id) { isSame idDigest populationSize decisions { id } } }`;
  const input = {
    engagementId: "0192a000-0000-7000-8000-00000000b001",
    of: "DECISIONS",
    seed: 7,
    size: 2,
    filter: { decisions: { reason: "NO_CASE", action: "READ" } },
  };

  test("is drawn from the audit and comes out the same while the log grows", async () => {
    const first = await ask(DRAW, { input: { ...input, clientMutationId: "first draw" } });
    expect(first.body.errors).toBeUndefined();
    const drawing = dig(first.body.data, "drawAuditSample") as Record<string, unknown>;
    const drawn = (drawing["decisions"] as { id: string }[]).map(({ id }) => id);
    expect(drawing).toMatchObject({ isSame: true, populationSize: WITHIN.length, customers: null });
    expect(drawn).toHaveLength(2);
    for (const id of drawn) expect(WITHIN).toContain(id);

    const more = Array.from({ length: 20 }, (_, at) =>
      recordOf(100 + at, { concerned: [TRANSFEROR], transfers: [AUDITED] }),
    );
    await seal(more);
    const again = await ask(AGAIN, { id: dig(drawing, "sample", "id") });
    expect(dig(again.body.data, "auditSample")).toEqual({
      isSame: true,
      idDigest: drawing["idDigest"],
      populationSize: WITHIN.length,
      decisions: drawn.map((id) => ({ id })),
    });
    // The same request once more is the first one, not a draw from the longer log.
    const repeated = await ask(DRAW, { input: { ...input, clientMutationId: "first draw" } });
    expect(dig(repeated.body.data, "drawAuditSample")).toEqual(drawing);

    const later = await ask(DRAW, { input });
    expect(dig(later.body.data, "drawAuditSample")).toMatchObject({
      populationSize: WITHIN.length + more.length,
    });
    const size = (of: Answered): number =>
      Number(dig(of.body.data, "drawAuditSample", "sample", "treeSize"));
    expect(size(later)).toBeGreaterThanOrEqual(size(first) + more.length);
  });

  test.each([
    [{ caller: "cs-agent" }, "FIELD_FILTER_FORBIDDEN"],
    [{ customerId: ZHANG }, "FIELD_FILTER_FORBIDDEN"],
    [{ transferId: AUDITED }, "FIELD_FILTER_FORBIDDEN"],
  ])("by %j is refused, because the filter is kept", async (decisions, code) => {
    expect(codeOf(await ask(DRAW, { input: { ...input, filter: { decisions } } }))).toBe(code);
  });

  test("takes the filter of decisions and of nothing else", async () => {
    const filter = { customers: { state: { eq: "ACTIVE" } } };
    expect(codeOf(await ask(DRAW, { input: { ...input, filter } }))).toBe("VALIDATION_FAILED");
  });
});
