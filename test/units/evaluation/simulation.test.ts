import { createPool } from "../../../src/database/pool.ts";
import { installPolicyVersion } from "../../../src/database/policy-version-writer.ts";
import { digestOf } from "../../../src/policy/document.ts";
import { POLICY_FILES, redrafted } from "../../support/draft-policy.ts";
import { startTestServer, type TestServer } from "../../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../../support/template.ts";

interface Difference {
  readonly subjectId: string;
  readonly customerId: string;
  readonly field: string;
  readonly to: string;
  readonly reasonsAfter: readonly string[];
  readonly isCertain: boolean;
}
interface Simulated {
  readonly simulate: {
    readonly isApproved: boolean;
    readonly decisions: number;
    readonly same: number;
    readonly wider: number;
    readonly narrower: number;
    readonly totalDifferences: number;
    readonly differences: readonly Difference[];
  };
}

const SIMULATE = `query ($input: SimulateInput!) {
  simulate(input: $input) {
    isApproved decisions same wider narrower totalDifferences
    differences { subjectId customerId field to reasonsAfter isCertain }
  }
}`;
const EVALUATE = `query ($caller: ID!, $id: ID!, $fields: [String!]!) {
  evaluateAccess(input: { caller: $caller, purpose: "SERVICE_DELIVERY",
    resource: { type: "Customer", id: $id }, fields: $fields }) { fields { disclosure reason } }
}`;

let server: TestServer;
/** A version before the product's, in which CS agents recognise nobody who calls. */
let before: string;
const ACTIVE = digestOf(POLICY_FILES);
beforeAll(async () => {
  server = await startTestServer();
  const draft = redrafted("roles/cs-agent.yaml", ["      PARTIAL: [CONTACT]\n", ""]);
  const documents = [...POLICY_FILES.filter(({ name }) => name !== draft.name), draft];
  before = digestOf(documents);
  const pool = createPool({ url: server.database.url, max: 1 });
  for (const files of [documents, POLICY_FILES]) {
    const added = { digest: digestOf(files), documents: files, note: null };
    const made = { by: null, via: "START", at: TEMPLATE_NOW, mutation: null } as const;
    await installPolicyVersion(pool, { added, made, onlyIfEmpty: false });
  }
  await pool.end();
});
afterAll(() => server.close());

test("between approved versions each decision is the one that evaluateAccess makes", async () => {
  const { differences, ...told } = await simulated({ from: before, to: ACTIVE });
  expect(told.isApproved).toBe(true);
  expect(told.same + told.wider + told.narrower).toBe(told.decisions);
  expect(told.narrower).toBe(0);
  expect(told.totalDifferences).toBe(told.wider);
  expect(differences.length).toBeGreaterThan(5);
  const step = Math.ceil(differences.length / 12);
  for (const one of differences.filter((_, at) => at % step === 0)) {
    const { subjectId, customerId, field, to, reasonsAfter, isCertain } = one;
    const variables = { caller: subjectId, id: customerId, fields: [field] };
    const { body } = await server.ask<{
      evaluateAccess: { fields: { disclosure: string; reason: string | null }[] };
    }>("internal-auditor", EVALUATE, { purpose: "COMPLIANCE_AUDIT", variables });
    expect(body.data?.evaluateAccess.fields).toEqual([
      { disclosure: to, reason: reasonsAfter[0] ?? null },
    ]);
    expect(isCertain).toBe(true);
  }
});

test("a policy differs nowhere from itself", async () => {
  const told = await simulated({ from: ACTIVE, to: ACTIVE });
  expect(told).toMatchObject({ same: told.decisions, totalDifferences: 0, differences: [] });
  expect(told.decisions).toBeGreaterThan(1_000);
});

async function simulated(versions: object): Promise<Simulated["simulate"]> {
  const sample = { seed: 3, size: 20 };
  const input = { ...versions, sample, purposes: ["SERVICE_DELIVERY"], first: 500 };
  const { body } = await server.ask<Simulated>("internal-auditor", SIMULATE, {
    purpose: "COMPLIANCE_AUDIT",
    variables: { input },
  });
  expect(body.errors).toBeUndefined();
  if (body.data == null) throw new Error("No answer.");
  return body.data.simulate;
}
