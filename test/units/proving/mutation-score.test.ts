import type { Policy, PolicyRule } from "../../../src/policy/rule.ts";
import { abilityFor } from "../../../src/policy/ability.ts";
import { Decisions } from "../../../src/policy/decisions.ts";
import { askingsOf } from "../../../src/proving/asking.ts";
import { type Mutant, mutantsOf } from "../../../src/proving/mutants.ts";
import type { PolicyCase } from "../../../src/proving/policy-case.ts";
import { readCases } from "../../../src/proving/read-cases.ts";
import { CATALOG, POLICY, TABLES_FOLDER } from "../../support/policy-world.ts";

/* Mutants are held against cases on a short way. Here is the long one: the whole policy, bound anew. */

const cases = readCases({ folder: TABLES_FOLDER, policy: POLICY, catalog: CATALOG }).filter(
  (_one, at) => at % 20 === 0,
);
const askings = askingsOf({ policy: POLICY, catalog: CATALOG, cases });

function mutantsOfEvery(step: number): Mutant[] {
  const mutants = POLICY.rules.flatMap((rule) => mutantsOf(rule, CATALOG));
  // Those that touch what fields tell together are few, and bound otherwise than the rest.
  return mutants.filter(({ rule }, at) => at % step === 0 || isJoint(rule));
}

function isJoint(rule: PolicyRule): boolean {
  return rule.kind === "stop" && rule.beside != null;
}

function policyWith({ rule, becomes }: Mutant): Policy {
  const rules = POLICY.rules.flatMap((one) => (one === rule ? (becomes ?? []) : one));
  return { ...POLICY, rules };
}

function decisionsOn({ caller, now }: PolicyCase, policy: Policy): Decisions {
  return new Decisions(abilityFor({ policy, catalog: CATALOG, caller, now }));
}

test("a mutant that is not told from its rule changes no case, and every other comes to what the whole policy does", () => {
  const told = { apart: 0, alike: 0 };
  for (const mutant of mutantsOfEvery(30)) {
    const wrong = policyWith(mutant);
    for (const asking of askings) {
      const isApart = asking.tellsApart(mutant);
      told[isApart ? "apart" : "alike"] += 1;
      const short = isApart ? asking.decisionsUnder(mutant) : asking.decisions;
      for (const one of asking.cases) {
        const long = decisionsOn(one, wrong);
        expect(one.failure(short)).toBe(one.failure(long));
        if (isApart) expect(textOf(short)).toBe(textOf(long));
      }
    }
  }
  expect(told.apart).toBeGreaterThan(20);
  expect(told.alike).toBeGreaterThan(200);
});

function textOf({ bound }: Decisions): string {
  return JSON.stringify(bound.rules.map((rule) => ({ ...rule, origin: null })));
}
