import { jest } from "@jest/globals";
import pg from "pg";
import { requireDemoCaller } from "../../src/identity/demo-tokens.ts";
import type { PolicyFile } from "../../src/policy/document.ts";
import { redrafted } from "../support/draft-policy.ts";
import { type Answered, startTestServer, type TestServer } from "../support/start-test-server.ts";

/*
 * A simulation answers row by row, and a draft is written by whoever asks. So nothing in its answer
 * may hang on what the asker does not read of a customer, or is not told of a principal.
 */

jest.setTimeout(120_000);

const AUDITOR = "internal-auditor";
const SIMULATE = `query ($input: SimulateInput!) {
  simulate(input: $input) {
    isApproved rows subjects decisions same wider narrower totalDifferences
    byRole { name wider narrower } byField { name wider narrower } byReason { name wider narrower }
    differences { subjectId purpose customerId field from to reasonsBefore reasonsAfter isCertain }
  }
}`;
const AGENT = requireDemoCaller("cs-agent").id;
const PURPOSES = ["SERVICE_DELIVERY"];
const UNCLEARED = requireDemoCaller("cs-agent-low-clearance").id;

interface Simulated {
  readonly simulate: {
    readonly isApproved: boolean;
    readonly decisions: number;
    readonly same: number;
    readonly differences: readonly {
      readonly subjectId: string;
      readonly customerId: string;
      readonly field: string;
      readonly isCertain: boolean;
    }[];
  };
}

let server: TestServer;
let admin: pg.Client;
/** One of those whom every draw of the first seed begins with. */
let victim: string;
beforeAll(async () => {
  server = await startTestServer();
  admin = new pg.Client(server.database.url);
  await admin.connect();
  const drawn = { subjects: [UNCLEARED], sample: { seed: 1, size: 5 } };
  const text = await textOf({ draft: [granting("")], purposes: PURPOSES, ...drawn });
  victim = simulatedIn(text).differences[0]?.customerId ?? "";
});
afterAll(async () => {
  await admin.end();
  await server.close();
});

/** What CS agents get besides. */
function granting(clauses: string): PolicyFile {
  return redrafted("roles/cs-agent.yaml", [
    "grants:\n",
    `grants:\n  - id: spy\n    about: Looks.\n    purposes: [SERVICE_DELIVERY]\n${clauses}    give: { CLEAR: [CONTACT] }\n\n`,
  ]);
}

const onVictim = (test_: string): PolicyFile => granting(`    when: { id: ${victim}, ${test_} }\n`);

/** Attributes that an auditor does not read, each with what it becomes and a test that would tell. */
const HIDDEN: readonly (readonly [column: string, becomes: string, test: string])[] = [
  ["rights_request_open", "not rights_request_open", "rightsRequestOpen: true"],
  ["marketing_allowed", "not marketing_allowed", "marketingAllowed: true"],
  ["guardian_consent", "not guardian_consent", "guardianConsent: true"],
  ["case_codes", "array['SECRET-1']", 'caseCodes: { includes: "SECRET-1" }'],
  ["province", "'西藏自治区'", "province: 西藏自治区"],
  ["assigned_agent_ids", `array['${AGENT}'::uuid]`, `assignedAgentIds: { includes: ${AGENT} }`],
];

describe.each(HIDDEN)("%s of one person", (column, becomes, test_) => {
  test("leaves every answer about a draft as it is, to the byte", async () => {
    const drafts = [test_, `not: { ${test_} }`].map(onVictim);
    const before = await answersTo(drafts);
    const { rows } = await admin.query(`select ${column} as was from customer where id = $1`, [
      victim,
    ]);
    await admin.query(`update customer set ${column} = ${becomes} where id = $1`, [victim]);
    const after = await answersTo(drafts);
    await admin.query(`update customer set ${column} = $2 where id = $1`, [victim, rows[0].was]);
    expect(after).toEqual(before);
    for (const text of before) {
      const { differences } = simulatedIn(text);
      expect(new Set(differences.map(({ customerId }) => customerId))).toEqual(new Set([victim]));
      expect(differences.some(({ isCertain }) => isCertain)).toBe(false);
    }
  });
});

/** What is kept about principals, each with what it becomes and a test that would tell. */
const OF_PRINCIPALS: readonly (readonly [column: string, becomes: string, test: string])[] = [
  ["clearance", "'PRIVATE'", "clearance: { in: [SENSITIVE, PRIVATE] }"],
  ["training_valid_until", "'2020-01-01'", "trainingValidUntil: { exists: true }"],
  ["case_codes", "array['SECRET-1']", 'caseCodes: { includes: "SECRET-1" }'],
  ["location", "'FR'", "location: FR"],
];

describe.each(OF_PRINCIPALS)("%s of a principal", (column, becomes, test_) => {
  test("leaves every answer about a draft as it is, to the byte", async () => {
    const drafts = [test_, `not: { ${test_} }`].map((one) => granting(`    caller: { ${one} }\n`));
    const before = await answersTo(drafts);
    const { rows } = await admin.query(`select ${column} as was from principal where id = $1`, [
      UNCLEARED,
    ]);
    await admin.query(`update principal set ${column} = ${becomes} where id = $1`, [UNCLEARED]);
    const after = await answersTo(drafts);
    await admin.query(`update principal set ${column} = $2 where id = $1`, [
      UNCLEARED,
      rows[0].was,
    ]);
    expect(after).toEqual(before);
  });
});

test("what the auditor reads in clear is told as it is", async () => {
  const texts = await answersTo(["disputeOpen: true", "disputeOpen: false"].map(onVictim));
  const found = texts.map((text) => simulatedIn(text).differences.length);
  expect(Math.min(...found)).toBe(0);
  expect(Math.max(...found)).toBeGreaterThan(0);
});

test("rows and principals are drawn anew by another seed, and again by the same", async () => {
  const draft = [granting("")];
  const asked = { draft, purposes: PURPOSES, first: 500 };
  const draws = [1, 1, 2].map((seed) => ({ ...asked, sample: { seed, size: 5, principals: 20 } }));
  const [first, again, other] = await Promise.all(draws.map(textOf));
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test("the number of statements does not hang on the size of the sample", async () => {
  const draft = [granting("")];
  const counts: number[] = [];
  for (const [size, principals] of [
    [1, 1],
    [50, 20],
  ]) {
    server.resetStatements();
    await textOf({ draft, purposes: PURPOSES, sample: { seed: 1, size, principals } });
    counts.push(server.statements.length);
  }
  expect(counts).toEqual([1, 1]);
});

const PLAIN = { draft: [], sample: { seed: 1, size: 10 } };

test.each([
  ["many rows", { ...PLAIN, sample: { seed: 1, size: 1_001 } }, "QUERY_TOO_COMPLEX"],
  [
    "many principals",
    { ...PLAIN, sample: { seed: 1, size: 10, principals: 21 } },
    "QUERY_TOO_COMPLEX",
  ],
  [
    "many subjects",
    {
      ...PLAIN,
      subjects: Array.from({ length: 21 }, (_, n) => `0192a000-0000-7000-8000-0000000000${10 + n}`),
    },
    "QUERY_TOO_COMPLEX",
  ],
  ["much in all", { ...PLAIN, sample: { seed: 1, size: 1_000 } }, "QUERY_TOO_COMPLEX"],
  ["no rows", { ...PLAIN, sample: { seed: 1, size: 0 } }, "BAD_USER_INPUT"],
  ["no subjects", { ...PLAIN, subjects: [] }, "BAD_USER_INPUT"],
  ["a subject that is no id", { ...PLAIN, subjects: ["cs-agent"] }, "BAD_USER_INPUT"],
  ["no purposes", { ...PLAIN, purposes: [] }, "BAD_USER_INPUT"],
  ["a page that is none", { ...PLAIN, first: 501 }, "BAD_USER_INPUT"],
])("%s: is refused before any row is read", async (_what, input, code) => {
  server.resetStatements();
  const { body } = await ask(input);
  expect(body.errors?.map(({ extensions }) => extensions["code"])).toEqual([code]);
  expect(server.statements).toEqual([]);
});

test("principals of others are no subjects", async () => {
  const { body } = await ask({ ...PLAIN, subjects: ["0192a000-0000-7000-8000-00000000dead"] });
  expect(body.errors?.map(({ extensions }) => extensions["code"])).toEqual(["NOT_FOUND"]);
});

function answersTo(drafts: readonly PolicyFile[]): Promise<string[]> {
  const sample = { seed: 1, size: 100 };
  const asked = { purposes: PURPOSES, subjects: [UNCLEARED], sample };
  return Promise.all(drafts.map((one) => textOf({ ...asked, draft: [one], first: 500 })));
}

async function textOf(input: object): Promise<string> {
  const { body } = await ask(input);
  expect(body.errors).toBeUndefined();
  return JSON.stringify(body.data);
}

function simulatedIn(text: string): Simulated["simulate"] {
  return (JSON.parse(text) as Simulated).simulate;
}

function ask(input: object): Promise<Answered<Simulated>> {
  return server.ask<Simulated>(AUDITOR, SIMULATE, {
    purpose: "COMPLIANCE_AUDIT",
    variables: { input },
  });
}
