import fc from "fast-check";
import { rankOf } from "../../src/classification/disclosure.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import type { AttributeValues } from "../../src/policy/condition.ts";
import { compilePredicate, isLoaded } from "../../src/policy/matches.ts";
import type { FieldPlan } from "../../src/policy/plan.ts";
import type { Verdict } from "../../src/policy/verdict.ts";
import { generatedRow } from "../support/generated-conditions.ts";
import { generatedRules, THING } from "../support/generated-policy.ts";
import { without } from "../support/generated-rows.ts";
import type { PlainRow } from "../support/policy-world.ts";
import { noted } from "../support/record-properties.ts";
import { propertyRuns } from "../support/runs.ts";
import {
  expectCaslAgrees,
  expectNoneRaised,
  expectPlansAgree,
  expectRowsAgree,
  generatedCaller,
  type Situation,
  situationsOf,
  underRules,
  verdictsOn,
} from "../support/situations.ts";

describe.each(DEMO_CALLERS)("$name, for any purpose and row", ({ name }) => {
  const situation = situationsOf(name);
  // 28 callers share more than a thousand runs.
  const runs = { numRuns: propertyRuns(40) };

  test("the plan of every field decides as the verdict does, and both as can()", () => {
    fc.assert(fc.property(situation, plansAgree), runs);
  });

  test("the row condition holds for exactly the rows that may be seen", () => {
    fc.assert(fc.property(situation, expectRowsAgree), runs);
  });

  test("each attribute that was not loaded, in turn, never raises a disclosure or shows a row", () => {
    let removed = 0;
    const turn = fc.property(situation, fc.nat(), (held, n) => {
      removed += eachUnloaded(held, n);
    });
    fc.assert(turn, runs);
    noted({ "attributes removed": removed });
  });
});

describe("under any rules", () => {
  const runs = { numRuns: propertyRuns(1_000) };
  const situation = fc
    .tuple(generatedRules, generatedCaller, generatedRow)
    .map(([rules, who, row]) => ({ decisions: underRules(rules, who), type: THING, row }));

  test("a plan decides as the verdict and can() do, and the row condition as can() does", () => {
    fc.assert(
      fc.property(situation, (held) => {
        plansAgree(held);
        expectRowsAgree(held);
      }),
      runs,
    );
  });

  test("each attribute that was not loaded, in turn, never raises what generated rules give", () => {
    fc.assert(
      fc.property(situation, fc.nat(), (held, n) => void eachUnloaded(held, n)),
      runs,
    );
  });
});

function plansAgree(held: Situation): void {
  expectPlansAgree(held);
  expectCaslAgrees(held);
  const verdicts = verdictsOn(held);
  for (const [name, plan] of held.decisions.planOf(held.type)) {
    const verdict = verdicts.get(name) as Verdict;
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

/** Takes away one attribute after the other, and all of them at last. */
function eachUnloaded(held: Situation, asDefined: number): number {
  const names = Object.keys(held.row);
  for (const name of names) expectNothingMore(held, without(held.row, name));
  // The definition is slow, so it is asked about one attribute of each row.
  const name = names[asDefined % names.length] ?? "";
  for (const row of [without(held.row, name), {}]) {
    expectNoneRaised(held, { ...held, row });
    expectPlansAgree({ ...held, row });
  }
  return names.length + 1;
}

function expectNothingMore({ decisions, type, row }: Situation, less: AttributeValues): void {
  for (const [name, { decide }] of decisions.planOf(type)) {
    const [before, after] = [decide(row).disclosure, decide(less).disclosure];
    if (rankOf(after) > rankOf(before)) throw new Error(`${name}: ${before}, and then ${after}`);
  }
  expect(!decisions.canSee(type, row) && decisions.canSee(type, less)).toBe(false);
}
