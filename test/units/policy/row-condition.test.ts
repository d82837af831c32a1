import type { Caller } from "../../../src/identity/caller.ts";
import { ALWAYS, NEVER } from "../../../src/policy/condition.ts";
import { describeCondition } from "../../../src/policy/explain-words.ts";
import { abilityFor } from "../../../src/policy/ability.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import { rowCondition } from "../../../src/policy/row-condition.ts";
import { callerBut, CATALOG } from "../../support/policy-world.ts";
import { smallPolicy } from "../../support/small-policy.ts";

const NOW = new Date("2026-11-20T09:00:00Z");

const own = `rows:
  - id: own
    about: The own ledger.
    roles: [AGENT]
    when: { controllerId: $caller.organisationId }
`;
const former = `  - id: former
    about: What the organisation once answered for.
    roles: [AGENT]
    when: { formerControllerIds: { includes: $caller.organisationId } }
`;
const destroyed = `stops:
  - id: destroyed
    about: What is gone is gone.
    source: a statute
    stage: STATE
    reason: GONE
    when: { state: DESTROYED }
    hides: GONE
`;
const sealed = `  - id: sealed
    about: Sealed records are hidden.
    source: a statute
    stage: STATE
    reason: CUSTOMER_SEALED
    when: { state: SEALED }
    hides: NOT_FOUND
`;

test("no rule at all means no row", () => {
  expect(conditionUnder({}, "see", { roles: [] })).toBe(NEVER);
  expect(conditionUnder({}, "know", { roles: ["SOMEBODY"] })).toBe(NEVER);
});

test("a rule without condition means every row", () => {
  const everyone = own.replace(/ {4}when.*\n/, "");
  expect(conditionUnder({ "rows.yaml": everyone }, "see")).toBe(ALWAYS);
});

test("rules stand beside each other with or", () => {
  expect(inWords({ "rows.yaml": own + former }, "see")).toBe(
    "controllerId is ME or formerControllerIds includes ME",
  );
});

test("a destroyed row can't be seen, and those in whose scope it was know of it", () => {
  const change = { "stops/rows.yaml": destroyed };
  expect(inWords(change, "see")).toBe("controllerId is ME and not state is DESTROYED");
  expect(inWords(change, "know")).toBe("controllerId is ME");
});

test("a hidden row can neither be seen nor known of", () => {
  const change = { "stops/rows.yaml": destroyed + sealed };
  expect(inWords(change, "see")).toBe(
    "controllerId is ME and not state is SEALED and not state is DESTROYED",
  );
  expect(inWords(change, "know")).toBe("controllerId is ME and not state is SEALED");
});

test("a stop that holds for everyone leaves no row, whatever the rules give", () => {
  const always = sealed.replace(/ {4}when.*\n/, "");
  const change = { "rows.yaml": own + former, "stops/rows.yaml": `stops:\n${always}` };
  expect(conditionUnder(change, "see")).toBe(NEVER);
  expect(conditionUnder(change, "know")).toBe(NEVER);
});

test("a caller without organisation has no rows of its own", () => {
  expect(conditionUnder({}, "see", { organisationId: "" })).toBe(NEVER);
});

type Change = Parameters<typeof smallPolicy>[0];

function conditionUnder(change: Change, action: "see" | "know", changes: Partial<Caller> = {}) {
  const policy = loadPolicy(smallPolicy(change), CATALOG);
  const caller = callerBut({
    name: "cs-agent",
    now: NOW,
    changes: { roles: ["AGENT"], organisationId: "ME", ...changes },
  });
  const { ability } = abilityFor({ policy, catalog: CATALOG, caller, now: NOW });
  return rowCondition(ability, action, "Customer");
}

function inWords(change: Change, action: "see" | "know"): string {
  return describeCondition(conditionUnder(change, action));
}
