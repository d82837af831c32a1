import { loadCatalog } from "../../../src/catalog.ts";
import type { PolicyFile } from "../../../src/policy/document.ts";
import { PolicyFaults } from "../../../src/policy/fault.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { verbsOf } from "../../../src/policy/role-verbs.ts";

const BASE = `
purposes:
  - { code: COMPLIANCE_AUDIT, about: To audit., basis: STATUTE }
`;
const ROLE = `
role: EXTERNAL_AUDITOR
about: Audits.
kind: OUTSIDER
grants:
  - id: work
    about: Works.
    types: [AuditEngagement]
    purposes: [COMPLIANCE_AUDIT]
    may: [conductAudit]
`;

function load(documents: Readonly<Record<string, string>>): ReturnType<typeof loadPolicy> {
  const all = { "purposes.yaml": BASE, "roles/a.yaml": ROLE, ...documents };
  const files: PolicyFile[] = Object.entries(all).map(([name, text]) => ({ name, text }));
  return loadPolicy(files, loadCatalog());
}

function faultsOf(documents: Readonly<Record<string, string>>): string[] {
  try {
    load(documents);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyFaults)) throw error;
    return error.faults.map(({ message }) => message);
  }
}

const row = (when: string, more = "for-each: engagement"): Record<string, string> => ({
  "rows.yaml": `rows:\n  - { id: x, about: X., types: [Transfer], roles: [EXTERNAL_AUDITOR], ${more}, when: ${when} }\n`,
});

test.each([
  "{ transferorId: { in: $engagement.organisationIds } }",
  "{ id: { in: $engagement.transferIds }, any: [{ transferorId: { in: $engagement.organisationIds } }, { transfereeId: { in: $engagement.organisationIds } }] }",
])("a rule for each audit is tied to its organisations: %s", (when) => {
  expect(faultsOf(row(when))).toEqual([]);
});

test.each([
  "{ id: { in: $engagement.transferIds } }",
  "{ any: [{ transferorId: { in: $engagement.organisationIds } }, { state: CLOSED }] }",
  "{ not: { transferorId: { in: $engagement.organisationIds } } }",
])("a rule for each audit that something loosens is a fault: %s", (when) => {
  expect(faultsOf(row(when))).toEqual([expect.stringContaining("the rows are those of the item")]);
});

test("what belongs to an audit is known only to rules that are bound for each", () => {
  const faults = faultsOf(row("{ transferorId: { in: $engagement.organisationIds } }", "may: see"));
  expect(faults).toEqual([expect.stringContaining('It needs "for-each: engagement"')]);
});

test("the days of an audit are compared with days, and its extent is a yes or no", () => {
  const each = (test_: string): string[] =>
    faultsOf(
      row(
        "{ transferorId: { in: $engagement.organisationIds } }",
        `for-each: engagement, each: ${test_}`,
      ),
    );
  expect(each("{ limitedToTransfers: true }")).toEqual([]);
  expect(each("{ from: { lte: 2026-01-01 } }")).toEqual([]);
  expect(each("{ from: { lte: $now } }")).not.toEqual([]);
  expect(each("{ limitedToTransfers: everything }")).not.toEqual([]);
});

test.each([
  ["audits: { source: x, most-in-a-row: 0 }", "whole number from 1 on"],
  ["audits: { source: x, most-in-a-row: 3, never-with: [fly] }", "fly"],
  ["audits: { source: x, most-in-a-row: 3, most: 3 }", "most"],
])("%s is a fault", (text, said) => {
  expect(faultsOf({ "audits.yaml": `${text}\n` }).join(" ")).toContain(said);
});

test("audits are spoken of once", () => {
  const text = "audits: { source: x, most-in-a-row: 3 }\n";
  expect(load({ "audits.yaml": text }).audits).toEqual({
    mostInARow: 3,
    neverWith: [],
    source: "x",
  });
  expect(faultsOf({ "audits.yaml": text, "more.yaml": text })).toEqual(['"audits" is said twice.']);
});

test("a role may do what its grants say, and nothing that is another's", () => {
  const policy = load({});
  expect([...verbsOf(policy, ["EXTERNAL_AUDITOR"])]).toEqual(["conductAudit"]);
  expect([...verbsOf(policy, ["NOBODY"])]).toEqual([]);
  expect([...verbsOf(policy, [])]).toEqual([]);
});
