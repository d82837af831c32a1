import type { Grouping } from "../../../src/database/group-counts.ts";
import { countInGroups } from "../../../src/guard/group-counts.ts";
import type { GuardedReaderServices } from "../../../src/guard/guarded-reader.ts";
import { isConstant } from "../../../src/policy/condition.ts";
import { type Decisions, PolicyEngine } from "../../../src/policy/decisions.ts";
import type { Policy } from "../../../src/policy/rule.ts";
import { journalOf } from "../../support/journal.ts";
import { callerBut, CATALOG, POLICY } from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00Z");

function decisionsUnder(policy: Policy): Decisions {
  const caller = callerBut({
    name: "data-steward",
    now: NOW,
    purpose: "DATA_QUALITY",
    changes: {},
  });
  return new PolicyEngine({ policy, catalog: CATALOG }).decisionsFor(caller, NOW);
}

/** A reader that keeps what it was asked and has as many groups as wanted. */
function servicesWith(policy: Policy, groups = 0, purpose: string | null = "DATA_QUALITY") {
  const asked: Grouping[] = [];
  const countGroups = (_request: unknown, grouping: Grouping): unknown => {
    asked.push(grouping);
    return {
      total: null,
      groups: Array.from({ length: groups }, () => ({ values: [], count: 20 })),
    };
  };
  // Nothing here filters, so nothing is charged.
  const budget = { charge: (): Promise<void> => Promise.resolve() };
  const decisions = decisionsUnder(policy);
  const journal = journalOf(decisions);
  const services = { decisions, purpose, budget, journal, reader: { countGroups } };
  return { asked, services: services as unknown as GuardedReaderServices };
}

test("without a floor in the policy nothing is counted", async () => {
  const { counts: _, ...policy } = POLICY;
  const { asked, services } = servicesWith(policy);
  await expect(countInGroups(services, { type: "Customer", by: [] })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  expect(asked).toEqual([]);
});

test("the floor of the policy is the one that is asked with", async () => {
  const policy = { ...POLICY, counts: { smallestGroup: 50, source: "a stricter statute" } };
  const { asked, services } = servicesWith(policy);
  const counts = await countInGroups(services, { type: "Customer", by: ["kind"] });
  expect(counts.smallest).toBe(50);
  expect(asked.map(({ smallest }) => smallest)).toEqual([50]);
});

test("without a purpose nothing is counted", async () => {
  const { services } = servicesWith(POLICY, 0, null);
  await expect(countInGroups(services, { type: "Customer", by: [] })).rejects.toMatchObject({
    code: "PURPOSE_REQUIRED",
  });
});

test("more groups than an answer holds are refused, not cut", async () => {
  const { services } = servicesWith(POLICY, 1_001);
  await expect(countInGroups(services, { type: "Customer", by: ["kind"] })).rejects.toMatchObject({
    code: "QUERY_TOO_COMPLEX",
    extras: { limit: "groups" },
  });
});

test("who counts without seeing sees nothing more for it", () => {
  const buyer = callerBut({
    name: "transferee-transfer-manager",
    now: NOW,
    purpose: "TRANSFER_DUE_DILIGENCE",
    changes: {},
  });
  const decisions = new PolicyEngine({ policy: POLICY, catalog: CATALOG }).decisionsFor(buyer, NOW);
  expect(isConstant(decisions.rows("see", "Customer"), false)).toBe(true);
  expect(isConstant(decisions.rows("know", "Customer"), false)).toBe(true);
  expect(isConstant(decisions.rows("count", "Customer"), false)).toBe(false);
});
