import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Policy } from "../../../src/policy/rule.ts";
import { type Proof, provePolicy } from "../../../src/proving/prove-policy.ts";
import { CATALOG, POLICY } from "../../support/policy-world.ts";

const TABLE = `about: One caller and one customer.
now: 2026-11-20T09:00:00Z
callers:
  an agent: { is: cs-agent, for: CUSTOMER_CARE }
customers:
  a customer: { controllerId: transferor, assignedAgentIds: [] }
reads:
  - who: an agent
    whose: a customer
    fields:
      fullName: { level: CLEAR, rule: cs-agent/no-case }
`;

/** A role for a purpose only, so that a proof is quick. */
const LITTLE: Policy = {
  ...POLICY,
  roles: new Map([...POLICY.roles].filter(([role]) => role === "CS_AGENT")),
  purposes: new Map([...POLICY.purposes].filter(([purpose]) => purpose === "CUSTOMER_CARE")),
  rules: POLICY.rules.filter(({ id }) => ["rows/own-ledger", "cs-agent/no-case"].includes(id)),
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tables-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function proofOf(table: string, survivors = "survivors: []\n"): Proof {
  writeFileSync(join(folder, "care.yaml"), table);
  writeFileSync(join(folder, "survivors.yaml"), survivors);
  const now = new Date("2026-11-20T09:00:00Z");
  return provePolicy({ policy: LITTLE, catalog: CATALOG, folder, now });
}

test("a case that fails is told with its line and what was decided", () => {
  const { failed, score } = proofOf(TABLE.replace("level: CLEAR", "level: PARTIAL"));
  expect(
    failed.map(({ expected, failure }) => `${expected.file}:${expected.line}: ${failure}`),
  ).toEqual(["care.yaml:11: decided CLEAR, cs-agent/no-case, expected PARTIAL, cs-agent/no-case"]);
  expect(score).toBeNull();
});

test("an outcome that no case expects is missing", () => {
  const { coverage } = proofOf(TABLE);
  expect(coverage.missing).toContain("CS_AGENT CUSTOMER_CARE CONTACT PARTIAL");
  expect(coverage.missing).not.toContain("CS_AGENT CUSTOMER_CARE NAME CLEAR");
});

test("a wrong policy that no case notices survives", () => {
  const silent = proofOf(TABLE).silent.map(({ rule, change }) => `${rule.id}: ${change}`);
  expect(silent).toContain("cs-agent/no-case: CONTACT: PARTIAL -> COARSE");
  expect(silent).not.toContain("cs-agent/no-case: removed");
  expect(silent).not.toContain("cs-agent/no-case: NAME: CLEAR -> PARTIAL");
});

test("a survivor with a reason is not silent, and a reason without a survivor is stale", () => {
  const { silent, stale } = proofOf(
    TABLE,
    `survivors:
  - { rule: cs-agent/no-case, change: "CONTACT: PARTIAL -> COARSE", because: Tried. }
  - { rule: cs-agent/no-case, change: removed, because: Tried. }
`,
  );
  expect(silent.map(({ change }) => change)).not.toContain("CONTACT: PARTIAL -> COARSE");
  expect(stale.map(({ line, change }) => `${line} ${change}`)).toEqual(["3 removed"]);
});

test("a table of another form is refused with its line", () => {
  expect(() => proofOf(TABLE.replace("level: CLEAR", "level: CLAER"))).toThrow(/^care\.yaml:11: /);
  expect(() => proofOf(TABLE.replace("whose: a", "whose: no"))).toThrow(
    'The table names no "no customer".',
  );
});
