import { jest } from "@jest/globals";
import pg from "pg";
import { installPolicyVersion } from "../../src/database/policy-version-writer.ts";
import { createPool } from "../../src/database/pool.ts";
import { digestOf, type PolicyFile } from "../../src/policy/document.ts";
import { POLICY_FILES, redrafted } from "../support/draft-policy.ts";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

/*
 * A draft is written by whoever asks. Its conditions may single out one person, so nothing may hang
 * on what the asker does not read of that person: not a count, not a bound, not a byte.
 */

// Two policies are bound for many callers for each answer.
jest.setTimeout(120_000);

const AUDITOR = "internal-auditor";
const VICTIM = "0192a000-0000-7000-8000-000000000503";
const DIFF = `query ($input: PolicyDiffInput!) {
  policyDiff(input: $input) {
    isApproved totalChanges
    changes { kind role purpose type fields from to rows { organisation count ifTheirs isUpperBound } text }
  }
}`;

let server: TestServer;
let admin: pg.Client;
beforeAll(async () => {
  server = await startTestServer();
  admin = new pg.Client(server.database.url);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await server.close();
});

interface Diff {
  readonly policyDiff: {
    readonly isApproved: boolean;
    readonly totalChanges: number;
    readonly changes: readonly {
      readonly rows: readonly {
        count: number | null;
        ifTheirs: number | null;
        isUpperBound: boolean;
      }[];
    }[];
  };
}

/** A grant to auditors on rows that fulfil a condition and, beside it, on that one person. */
function isolating(condition: string): PolicyFile {
  return {
    name: "roles/spy.yaml",
    text: `role: SALES_ANALYST_TWO
about: Looks.
kind: STAFF
grants:
  - id: spy
    about: Looks.
    purposes: [COMPLIANCE_AUDIT]
    when: { id: ${VICTIM}, ${condition} }
    give: { CLEAR: [NAME, HEALTH] }
`,
  };
}

const SEEING = redrafted("rows.yaml", [
  "INTERNAL_AUDITOR]\n    purposes:",
  "INTERNAL_AUDITOR, SALES_ANALYST_TWO]\n    purposes:",
]);

/** Attributes that an auditor does not read, each with what it becomes and a test that would tell. */
const HIDDEN: readonly (readonly [column: string, becomes: string, test: string])[] = [
  ["rights_request_open", "not rights_request_open", "rightsRequestOpen: true"],
  ["marketing_allowed", "not marketing_allowed", "marketingAllowed: true"],
  ["guardian_consent", "not guardian_consent", "guardianConsent: true"],
  ["case_codes", "array['SECRET-1']", 'caseCodes: { includes: "SECRET-1" }'],
  ["province", "'西藏自治区'", "province: 西藏自治区"],
  ["assigned_agent_ids", `array['${VICTIM}'::uuid]`, `assignedAgentIds: { includes: ${VICTIM} }`],
];

describe.each(HIDDEN)("%s of one person", (column, becomes, test_) => {
  test("leaves every answer about a draft as it is, to the byte", async () => {
    const conditions = [test_, `not: { ${test_} }`];
    const before = await Promise.all(conditions.map((condition) => diffOf(isolating(condition))));
    const { rows } = await admin.query(`select ${column} as was from customer where id = $1`, [
      VICTIM,
    ]);
    await admin.query(`update customer set ${column} = ${becomes} where id = $1`, [VICTIM]);
    const after = await Promise.all(conditions.map((condition) => diffOf(isolating(condition))));
    await admin.query(`update customer set ${column} = $2 where id = $1`, [VICTIM, rows[0].was]);
    expect(after).toEqual(before);
    for (const text of before) {
      const counted = changesIn(text).flatMap(({ rows: each }) => each);
      expect(counted).toContainEqual(expect.objectContaining({ count: 1, isUpperBound: true }));
    }
  });
});

test("what the auditor reads in clear is counted as it is", async () => {
  const [open, closed] = await Promise.all(
    ["disputeOpen: true", "disputeOpen: false"].map((condition) => diffOf(isolating(condition))),
  );
  const most = (text: string | undefined): (number | null)[] =>
    changesIn(text ?? "").flatMap(({ rows }) => rows.map(({ count }) => count));
  expect([...most(open), ...most(closed)]).toEqual(expect.arrayContaining([0, 1]));
});

test("between approved versions rows are told in steps of the smallest group, or not at all", async () => {
  const draft = redrafted("roles/cs-agent.yaml", ["COARSE: [BEHAVIOUR]", "TOKEN: [BEHAVIOUR]"]);
  const documents = [...POLICY_FILES.filter(({ name }) => name !== draft.name), draft];
  const outdated = [...documents, { name: "stops/odd.yaml", text: "stops:\n  - odd: true\n" }];
  const pool = createPool({ url: server.database.url, max: 1 });
  for (const files of [outdated, documents, POLICY_FILES]) {
    const added = { digest: digestOf(files), documents: files, note: null };
    const made = { by: null, via: "START", at: TEMPLATE_NOW, mutation: null } as const;
    await installPolicyVersion(pool, { added, made, onlyIfEmpty: false });
  }
  await pool.end();
  expect((await ask({ to: digestOf(outdated) })).body.errors).toEqual([
    expect.objectContaining({ extensions: expect.objectContaining({ code: "VALIDATION_FAILED" }) }),
  ]);
  const { body } = await ask({
    to: digestOf(documents),
    withCounts: true,
    first: 500,
    roles: ["CS_AGENT"],
  });
  expect(body.errors).toBeUndefined();
  expect(body.data?.policyDiff.isApproved).toBe(true);
  const counts = (body.data?.policyDiff.changes ?? [])
    .flatMap(({ rows }) => rows.flatMap(({ count, ifTheirs }) => [count, ifTheirs]))
    .filter((count) => count !== null);
  expect(counts.filter((count) => count % 20 !== 0)).toEqual([]);
  expect(counts.some((count) => count > 0)).toBe(true);
});

describe("a draft that would take too much", () => {
  const bomb = (depth: number): string =>
    [
      "a: &a0 [x, x]",
      ...Array.from({ length: depth }, (_, n) => `b${n}: &a${n + 1} [*a${n}, *a${n}]`),
    ].join("\n");
  const TOO_MUCH: [string, object[], string][] = [
    [
      "many documents",
      Array.from({ length: 61 }, (_, n) => ({ name: `roles/r${n}.yaml`, text: "x" })),
      "QUERY_TOO_COMPLEX",
    ],
    ["long documents", [{ name: "roles/r.yaml", text: "x".repeat(150_001) }], "QUERY_TOO_COMPLEX"],
    ["a name outside the folder", [{ name: "../r.yaml/../x", text: "x" }], "BAD_USER_INPUT"],
    [
      "documents that multiply",
      [{ name: "roles/r.yaml", text: `role: R\nabout: x\nkind: STAFF\n${bomb(40)}` }],
      "VALIDATION_FAILED",
    ],
    [
      "documents that go deep",
      [{ name: "roles/r.yaml", text: `role: ${"[".repeat(20_000)}` }],
      "VALIDATION_FAILED",
    ],
  ];

  test.each(TOO_MUCH)("%s: is refused before any row is read", async (_what, draft, code) => {
    server.resetStatements();
    const { body } = await ask({ draft });
    expect(body.errors?.map(({ extensions }) => extensions["code"])).toEqual([code]);
    expect(server.statements).toEqual([]);
  });
});

async function diffOf(document: PolicyFile): Promise<string> {
  const input = {
    draft: [document, SEEING],
    withCounts: true,
    roles: ["SALES_ANALYST_TWO"],
    purposes: ["COMPLIANCE_AUDIT"],
  };
  const { body } = await ask(input);
  expect(body.errors).toBeUndefined();
  return JSON.stringify(body.data);
}

function changesIn(text: string): Diff["policyDiff"]["changes"] {
  return (JSON.parse(text) as Diff).policyDiff.changes;
}

function ask(input: object): Promise<Answered<Diff>> {
  return server.ask<Diff>(AUDITOR, DIFF, { purpose: "COMPLIANCE_AUDIT", variables: { input } });
}
