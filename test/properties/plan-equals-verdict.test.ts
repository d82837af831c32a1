import fc from "fast-check";
import { rankOf } from "../../src/classification/disclosure.ts";
import type { Caller } from "../../src/identity/caller.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import { abilityFor } from "../../src/policy/ability.ts";
import { Decisions } from "../../src/policy/decisions.ts";
import { compilePredicate, isLoaded } from "../../src/policy/matches.ts";
import type { FieldPlan } from "../../src/policy/plan.ts";
import type { PolicyRule } from "../../src/policy/rule.ts";
import { ALWAYS_TEMPLATE } from "../../src/policy/template.ts";
import { type Verdict, verdictFor } from "../../src/policy/verdict.ts";
import { GENERATED_ATTRIBUTES, generatedRow } from "../support/generated-conditions.ts";
import {
  generatedGrant,
  generatedRowRule,
  generatedRowStop,
  generatedRules,
  generatedStop,
  policyOf,
  THING,
  THINGS,
} from "../support/generated-policy.ts";
import { rowsThatMeet, without } from "../support/generated-rows.ts";
import { callerBut, CATALOG, decisionsOf, type PlainRow, POLICY } from "../support/policy-world.ts";
import { propertyRuns } from "../support/runs.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const TYPES = [...CATALOG.keys()];

/** A caller's decisions for some purpose, and a row of some type that meets their rules. */
interface Situation {
  readonly decisions: Decisions;
  readonly type: string;
  readonly row: PlainRow;
}

describe.each(DEMO_CALLERS)("$name, for any purpose and row", ({ name }) => {
  const byPurpose = [...POLICY.purposes.keys()].map((purpose) =>
    decisionsOf(callerBut({ name, purpose, now: NOW }), NOW),
  );
  const situation: fc.Arbitrary<Situation> = fc
    .record({ decisions: fc.constantFrom(...byPurpose), type: fc.constantFrom(...TYPES) })
    .chain(({ decisions, type }) =>
      fc.record({
        decisions: fc.constant(decisions),
        type: fc.constant(type),
        row: rowsThatMeet(decisions, type),
      }),
    );
  // 28 callers share a thousand runs.
  const runs = { numRuns: propertyRuns(40) };

  test("the plan of every field decides as the verdict does", () => {
    fc.assert(fc.property(situation, plansAgree), runs);
  });

  test("the row condition holds for exactly the rows that may be seen", () => {
    fc.assert(fc.property(situation, rowsAgree), runs);
  });

  test("an attribute that was not loaded never raises a disclosure or shows a row", () => {
    fc.assert(
      fc.property(situation, fc.nat(), (held, n) => {
        const names = Object.keys(held.row);
        unloadedNeverRaises(held, names[n % names.length] as string);
      }),
      runs,
    );
  });
});

describe("under any rules", () => {
  const caller: fc.Arbitrary<Caller> = fc
    .record({
      mfa: fc.boolean(),
      fieldCeiling: fc.constantFrom(null, "NONE", "COARSE", "CLEAR"),
      customerId: fc.constantFrom(null, "0197c000-0000-7000-8000-000000000001"),
      caseCodes: fc.constantFrom([], ["a", "b"]),
      caseFields: fc.subarray(["open", "held", "kept", "flag"]),
    })
    .map((changes) =>
      callerBut({ name: "cs-agent", now: NOW, changes: changes as Partial<Caller> }),
    );
  const runs = { numRuns: propertyRuns(1_000) };

  test("a plan decides as the verdict does, and the row condition as can() does", () => {
    fc.assert(
      fc.property(generatedRules, caller, generatedRow, (rules, who, row) => {
        const held = { decisions: underRules(rules, who), type: THING, row };
        plansAgree(held);
        rowsAgree(held);
      }),
      runs,
    );
  });

  test("an attribute that was not loaded never raises a disclosure or shows a row", () => {
    const attribute = fc.constantFrom(...Object.keys(GENERATED_ATTRIBUTES));
    fc.assert(
      fc.property(generatedRules, caller, generatedRow, attribute, (rules, who, row, missing) => {
        unloadedNeverRaises({ decisions: underRules(rules, who), type: THING, row }, missing);
      }),
      runs,
    );
  });

  test("the order of rules changes no verdict", () => {
    const inTwoOrders = generatedRules.chain((rules) =>
      fc.tuple(
        fc.constant(rules),
        fc.shuffledSubarray(rules, { minLength: rules.length, maxLength: rules.length }),
      ),
    );
    fc.assert(
      fc.property(inTwoOrders, caller, generatedRow, ([rules, shuffled], who, row) => {
        const one = underRules(rules, who);
        const other = underRules(shuffled, who);
        expect(verdictsOn({ decisions: other, type: THING, row })).toEqual(
          verdictsOn({ decisions: one, type: THING, row }),
        );
        expect(other.rowVerdict(THING, row)).toEqual(one.rowVerdict(THING, row));
      }),
      runs,
    );
  });

  test("one stop more never raises a disclosure or shows a row", () => {
    const stop = fc.oneof(generatedStop, generatedRowStop);
    fc.assert(
      fc.property(generatedRules, stop, caller, generatedRow, (rules, more, who, row) => {
        const before = { decisions: underRules(rules, who), type: THING, row };
        const after = { decisions: underRules([...rules, more], who), type: THING, row };
        expectNoneRaised(before, after);
      }),
      runs,
    );
  });

  test("one grant more never lowers a disclosure or hides a row", () => {
    const grant = fc.oneof(generatedGrant, generatedRowRule);
    fc.assert(
      fc.property(generatedRules, grant, caller, generatedRow, (rules, more, who, row) => {
        const before = { decisions: underRules(rules, who), type: THING, row };
        const after = { decisions: underRules([...rules, more], who), type: THING, row };
        expectNoneRaised(after, before);
      }),
      runs,
    );
  });

  test("a stop that always holds caps every field of every row", () => {
    fc.assert(
      fc.property(generatedRules, generatedStop, caller, generatedRow, (rules, stop, who, row) => {
        const everywhere = { caller: ALWAYS_TEMPLATE, when: ALWAYS_TEMPLATE, fields: {} };
        const more = { ...stop, ...everywhere, atMost: "COARSE" } as const;
        const decisions = underRules([...rules, more], who);
        for (const { disclosure } of verdictsOn({ decisions, type: THING, row }).values()) {
          expect(rankOf(disclosure)).toBeLessThanOrEqual(rankOf("COARSE"));
        }
      }),
      runs,
    );
  });
});

function plansAgree(held: Situation): void {
  const verdicts = verdictsOn(held);
  for (const [name, plan] of held.decisions.planOf(held.type)) {
    const verdict = verdicts.get(name) as Verdict;
    expect(plan.decide(held.row)).toEqual(verdict);
    if (plan.constant !== null) expect(plan.constant).toEqual(verdict);
    expect(isLoaded(held.row, plan.attributes)).toBe(true);
    expectForetold(plan, verdict, held.row);
  }
}

/** What is loaded and asked beforehand relies on these. */
function expectForetold(plan: FieldPlan, verdict: Verdict, row: PlainRow): void {
  expect([...plan.possible]).toContain(verdict.disclosure);
  expect(compilePredicate(plan.clearWhen)(row)).toBe(verdict.disclosure === "CLEAR");
  expect(rankOf(verdict.disclosure)).toBeLessThanOrEqual(rankOf(plan.best.disclosure));
}

function rowsAgree({ decisions, type, row }: Situation): void {
  const { ability } = decisions.bound;
  const subject = { ...row, __typename: type };
  for (const action of ["see", "know"] as const) {
    const isMatched = compilePredicate(decisions.rows(action, type))(row);
    expect(isMatched).toBe(ability.can(action, subject));
  }
  expect(decisions.canSee(type, row)).toBe(ability.can("see", subject));
  expect(decisions.rowVerdict(type, row).isVisible).toBe(ability.can("see", subject));
}

function unloadedNeverRaises(held: Situation, attribute: string): void {
  const less = { ...held, row: without(held.row, attribute) };
  expectNoneRaised(held, less);
  for (const [name, plan] of held.decisions.planOf(held.type)) {
    expect(plan.decide(less.row)).toEqual(verdictsOn(less).get(name));
  }
}

function expectNoneRaised(before: Situation, after: Situation): void {
  const was = verdictsOn(before);
  for (const [name, { disclosure }] of verdictsOn(after)) {
    const known = was.get(name) as Verdict;
    expect(rankOf(disclosure)).toBeLessThanOrEqual(rankOf(known.disclosure));
  }
  const wasVisible = before.decisions.canSee(before.type, before.row);
  expect(!wasVisible && after.decisions.canSee(after.type, after.row)).toBe(false);
}

function verdictsOn({ decisions, type, row }: Situation): Map<string, Verdict> {
  const subject = { ...row, __typename: type };
  return new Map(
    [...decisions.planOf(type)].map(([name, { field }]) => [
      name,
      verdictFor(decisions.bound, subject, field),
    ]),
  );
}

function underRules(rules: readonly PolicyRule[], caller: Caller): Decisions {
  const bound = abilityFor({ policy: policyOf(rules), catalog: THINGS, caller, now: NOW });
  return new Decisions(bound);
}
