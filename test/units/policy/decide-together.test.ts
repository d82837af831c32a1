import { decideTogether } from "../../../src/policy/decide-together.ts";
import { PolicyEngine } from "../../../src/policy/decisions.ts";
import {
  callerBut,
  CATALOG,
  CUSTOMER,
  customerBut,
  decisionsOf,
  POLICY,
} from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const AGENT = callerBut({ name: "cs-agent", purpose: "SERVICE_DELIVERY", now: NOW });
const FIELDS = [...CUSTOMER.fields.values()];
const decisions = decisionsOf(AGENT, NOW);

/** Attributes by which some rule tells customers apart, each with two values. */
const TURNS = [
  { assignedAgentIds: ["cs-agent"] },
  { ageBand: "YOUTH" },
  { minorApprovedIds: ["cs-agent"] },
  { guardianConsent: false },
  { relatedPartyOf: ["cs-agent"] },
  { basisPurposes: [] },
  { originalPurposes: ["MARKETING"] },
  { jurisdiction: "SG" },
];

/** Every choice of the turns. */
const ROWS = Array.from({ length: 2 ** TURNS.length }, (_, which) =>
  customerBut(Object.assign({}, ...TURNS.filter((_turn, at) => which & (2 ** at)))),
);

test("fields decided together are decided as each alone, by the same verdict objects", () => {
  const decide = decisions.decideTogether(FIELDS);
  for (const row of ROWS) {
    const together = decide(row);
    FIELDS.forEach((field, at) => {
      expect(together[at]).toBe(decisions.fieldPlan(field).decide(row));
    });
  }
});

test("rows that are decided alike get one array, and others another", () => {
  const decide = decisions.decideTogether(FIELDS);
  const answers = new Map<string, unknown>();
  for (const row of ROWS) {
    const together = decide(row);
    expect(decide({ ...row })).toBe(together);
    answers.set(JSON.stringify(together), together);
  }
  expect(answers.size).toBeGreaterThan(5);
});

test("a field whose attributes were not loaded is NONE, and the others are what they are", () => {
  const [name = ""] = decisions.fieldPlan(FIELDS[0] as never).attributes;
  const { [name]: _left, ...row } = customerBut({}) as Record<string, unknown>;
  const decide = decisions.decideTogether(FIELDS);
  const together = decide(row);
  expect(decide({ ...row })).toBe(together);
  expect(together.map(({ reason }) => reason)).toContain("ATTRIBUTE_NOT_LOADED");
  expect(together).toEqual(FIELDS.map((field) => decisions.fieldPlan(field).decide(row)));
});

test("the fields come in the order in which they are asked for, each as often as it is", () => {
  const plans = ["phone", "fullName", "phone"].map((name) => {
    const plan = decisions.planOf("Customer").get(name);
    if (plan === undefined) throw new Error(`no ${name}`);
    return plan;
  });
  const row = customerBut({});
  expect(decideTogether(plans)(row)).toEqual(plans.map(({ decide }) => decide(row)));
  expect(decideTogether([])(row)).toEqual([]);
});

test("what was made for a list of fields is there for the caller's next second", () => {
  const engine = new PolicyEngine({ policy: POLICY, catalog: CATALOG });
  const first = engine.decisionsFor(AGENT, NOW).decideTogether(FIELDS);
  const later = new Date(NOW.getTime() + 1_000);
  expect(engine.decisionsFor(AGENT, later).decideTogether(FIELDS)).toBe(first);
});
