import { loadPolicy } from "../../../src/policy/load.ts";
import { mutantsOf } from "../../../src/proving/mutants.ts";
import { CATALOG } from "../../support/policy-world.ts";
import { inAgent, inStop, type PolicyChange, smallPolicy } from "../../support/small-policy.ts";

function changesOf(id: string, change: PolicyChange = {}): string[] {
  const { rules } = loadPolicy(smallPolicy(change), CATALOG);
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`There is no ${id}.`);
  return mutantsOf(rule, CATALOG).map((mutant) => mutant.change);
}

test("a grant is removed, each level moved by one and each clause negated", () => {
  expect(changesOf("agent/service", inAgent("CLEAR: [NAME]", "PARTIAL: [NAME, IDENTITY]"))).toEqual(
    [
      "removed",
      "caller: not roles overlaps AGENT",
      "caller: not purpose in SERVICE",
      "NAME: PARTIAL -> CLEAR",
      "NAME: PARTIAL -> COARSE",
      "IDENTITY: PARTIAL -> CLEAR",
      "IDENTITY: PARTIAL -> COARSE",
    ],
  );
});

test("a level that looks like its neighbour makes no mutant", () => {
  const health = inAgent("CLEAR: [NAME]", "TOKEN: [HEALTH]");
  expect(changesOf("agent/service", health).filter((change) => change.includes("HEALTH"))).toEqual([
    "HEALTH: TOKEN -> COARSE",
  ]);
});

test("a stop's ceiling is moved as far as its own fields show it", () => {
  expect(changesOf("state/held")).toEqual([
    "removed",
    "when: not legalHold eq true",
    "at-most: NONE -> EXISTS",
  ]);
  const family = inStop("at-most: NONE", "at-most: EXISTS\n    fields: { categories: [HEALTH] }");
  expect(changesOf("state/held", family)).not.toContain("at-most: EXISTS -> TOKEN");
});

test("a clause within others is negated alone", () => {
  const nested = inStop(
    "{ legalHold: true }",
    "{ any: [{ state: SEALED }, { not: { minorApprovedIds: { includes: $caller.id } } }] }",
  );
  expect(changesOf("state/held", nested)).toEqual([
    "removed",
    "when: not state eq SEALED",
    "when: not minorApprovedIds includes $caller.id",
    "at-most: NONE -> EXISTS",
  ]);
});
