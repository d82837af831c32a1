import fc from "fast-check";
import type { Caller } from "../../../src/identity/caller.ts";
import { abilityFor, circumstancesOf, speakingRules } from "../../../src/policy/ability.ts";
import { bindingKey } from "../../../src/policy/binding-key.ts";
import { PolicyEngine } from "../../../src/policy/decisions.ts";
import type { Policy } from "../../../src/policy/rule.ts";
import { rulesSpeakingTo, speaksTo } from "../../../src/policy/speaking.ts";
import { DEMO_CALLERS } from "../../../src/identity/demo-callers.ts";
import { generatedRules, policyOf, THINGS } from "../../support/generated-policy.ts";
import { callerBut, CATALOG, POLICY } from "../../support/policy-world.ts";
import { generatedCaller } from "../../support/situations.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const LATER = new Date("2026-11-20T09:00:01Z");
const AGENT = callerBut({ name: "cs-agent", purpose: "SERVICE_DELIVERY", now: NOW });

function keyOf(policy: Policy, caller: Caller): string {
  const circumstances = circumstancesOf({ policy, catalog: THINGS, caller, now: NOW });
  return bindingKey(speakingRules(policy, circumstances), circumstances);
}

test("under any rules, callers of one key have the same bound rules", () => {
  let alike = 0;
  fc.assert(
    fc.property(generatedRules, generatedCaller, generatedCaller, (rules, one, other) => {
      const policy = policyOf(rules);
      if (keyOf(policy, one) !== keyOf(policy, other)) return;
      if (JSON.stringify(one) !== JSON.stringify(other)) alike += 1;
      const [own, theirs] = [one, other].map(
        (caller) => abilityFor({ policy, catalog: THINGS, caller, now: NOW }).rules,
      );
      expect(theirs).toEqual(own);
    }),
    { numRuns: 1_000 },
  );
  expect(alike).toBeGreaterThan(20);
});

describe("the engine", () => {
  const engine = new PolicyEngine({ policy: POLICY, catalog: CATALOG });
  const plan = engine.decisionsFor(AGENT, NOW).planOf("Customer");

  test("has the plans of a second for the next, and for the caller's next token", () => {
    expect(engine.decisionsFor(AGENT, LATER).planOf("Customer")).toBe(plan);
    const again = { ...AGENT, tokenId: "the next", authenticatedAt: NOW };
    expect(engine.decisionsFor(again, NOW).planOf("Customer")).toBe(plan);
  });

  test("tells of each caller, whoever the plans were made for", () => {
    const decisions = engine.decisionsFor({ ...AGENT, name: "somebody" }, LATER);
    expect(decisions.planOf("Customer")).toBe(plan);
    expect(decisions.bound.caller.name).toBe("somebody");
    expect(decisions.bound.now).toEqual(LATER);
    expect(decisions.bound.scope["now"]).toEqual(LATER);
  });

  test("makes others for another id, which rules read, and for a training that ends", () => {
    const other = { ...AGENT, id: "0192a000-0000-7000-8000-00000000ffff" };
    expect(engine.decisionsFor(other, NOW).planOf("Customer")).not.toBe(plan);
    const ending = { ...AGENT, trainingValidUntil: NOW };
    expect(engine.decisionsFor(ending, NOW).planOf("Customer")).toBe(plan);
    expect(engine.decisionsFor(ending, LATER).planOf("Customer")).not.toBe(plan);
  });
});

test.each(DEMO_CALLERS)("no rule that speaks to $name is passed over", ({ name }) => {
  for (const purpose of [null, ...POLICY.purposes.keys()]) {
    const caller = { ...callerBut({ name, now: NOW }), purpose };
    const circumstances = circumstancesOf({ policy: POLICY, catalog: CATALOG, caller, now: NOW });
    const speaking = POLICY.rules.filter((rule) => speaksTo(rule, circumstances));
    expect(rulesSpeakingTo(POLICY.rules, circumstances)).toEqual(speaking);
  }
});
