import fc from "fast-check";
import { renderableAt } from "../../src/classification/catalog.ts";
import { DISCLOSURES, rankOf } from "../../src/classification/disclosure.ts";
import { DEMO_CALLERS } from "../../src/identity/demo-callers.ts";
import type { Decisions } from "../../src/policy/decisions.ts";
import { type ConsideredRule, explainField } from "../../src/policy/explain.ts";
import { rowsThatMeet } from "../support/generated-rows.ts";
import { callerBut, CATALOG, decisionsOf, POLICY } from "../support/policy-world.ts";
import { propertyRuns } from "../support/runs.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const TYPES = [...CATALOG.keys()];

type Row = Readonly<Record<string, unknown>>;

/** A caller's decisions for some purpose, and a row of some type that meets their rules. */
interface Situation {
  readonly decisions: Decisions;
  readonly type: string;
  readonly row: Row;
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
  // The demo callers share a thousand runs and more.
  const runs = { numRuns: propertyRuns(40) };

  test("the explanation of every field has the verdict of its plan, and its rules add up to it", () => {
    fc.assert(
      fc.property(situation, ({ decisions, type, row }) => {
        for (const { field, decide } of decisions.planOf(type).values()) {
          const { verdict, rules } = explainField(
            decisions.bound,
            { ...row, __typename: type },
            field,
          );
          expect(verdict).toEqual(decide(row));
          expect(verdict.disclosure).toBe(renderableAt(field, sumOf(rules)));
          const deciders = rules.filter(({ decided }) => decided);
          expect(deciders.every(({ applies, holds }) => applies && holds === true)).toBe(true);
          expect(deciders.map(({ id }) => id)).toEqual(
            verdict.rule === "default-deny" ? [] : [verdict.rule],
          );
          for (const rule of rules) expectClausesAgree(rule);
        }
      }),
      runs,
    );
  });

  test("a whole explanation answers what is answered, and promises nothing that is not more", () => {
    fc.assert(
      fc.property(situation, fc.nat(), ({ decisions, type, row }, n) => {
        const plans = [...decisions.planOf(type).values()];
        const plan = plans[n % plans.length];
        if (plan === undefined) return;
        const { isVisible, reason, rule } = decisions.rowVerdict(type, row);
        const told = decisions.explain(row, plan.field);
        const hidden = { disclosure: "NONE", reason, rule };
        expect(told.isVisible).toBe(isVisible);
        expect(told.verdict).toEqual(isVisible ? plan.decide(row) : hidden);
        for (const { disclosure, changes } of told.remedies) {
          expect(rankOf(disclosure)).toBeGreaterThan(rankOf(told.verdict.disclosure));
          expect(changes.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: propertyRuns(4) },
    );
  });

  test("the text for the caller is the same for every row", () => {
    const twoRows = fc
      .record({ decisions: fc.constantFrom(...byPurpose), type: fc.constantFrom(...TYPES) })
      .chain(({ decisions, type }) =>
        fc.record({
          decisions: fc.constant(decisions),
          type: fc.constant(type),
          one: rowsThatMeet(decisions, type),
          other: rowsThatMeet(decisions, type),
        }),
      );
    fc.assert(
      fc.property(twoRows, fc.nat(), ({ decisions, type, one, other }, n) => {
        const plans = [...decisions.planOf(type).values()];
        const field = plans[n % plans.length]?.field;
        if (field === undefined) return;
        const textOn = (row: Row): string => decisions.explain(row, field).callerText;
        expect(textOn(other)).toBe(textOn(one));
      }),
      { numRuns: propertyRuns(4) },
    );
  });
});

/** The best grant that holds, under the lowest stop that does: what rules mean, and nothing else. */
function sumOf(rules: readonly ConsideredRule[]): (typeof DISCLOSURES)[number] {
  const holding = rules.filter(({ applies, holds }) => applies && holds === true);
  const ranks = (effect: string): number[] =>
    holding.filter((rule) => rule.effect === effect).map(({ level }) => rankOf(level ?? "NONE"));
  const granted = Math.max(0, ...ranks("grant"));
  return DISCLOSURES[Math.min(granted, ...ranks("stop"))] ?? "NONE";
}

/** The first clause about the row is the whole condition, so it says what the rule says. */
function expectClausesAgree({ id, applies, holds, clauses }: ConsideredRule): void {
  if (!applies) return;
  const whole = clauses.find(({ of, depth }) => of === "ROW" && depth === 0);
  expect({ id, holds: whole?.holds ?? true }).toEqual({ id, holds });
  const ofCaller = clauses.filter(({ of, depth }) => of === "CALLER" && depth === 0);
  expect({ id, holds: ofCaller.every((clause) => clause.holds === true) }).toEqual({
    id,
    holds: true,
  });
}
