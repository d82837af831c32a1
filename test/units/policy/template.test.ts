import type { Caller } from "../../../src/identity/caller.ts";
import { abilityFor } from "../../../src/policy/ability.ts";
import { ALWAYS, NEVER } from "../../../src/policy/condition.ts";
import { Decisions } from "../../../src/policy/decisions.ts";
import { loadPolicy } from "../../../src/policy/load.ts";
import {
  bind,
  bindWidest,
  type ConditionTemplate,
  UnboundReference,
} from "../../../src/policy/template.ts";
import { callerBut, CATALOG, customerBut, customerField } from "../../support/policy-world.ts";
import { instead, smallPolicy } from "../../support/small-policy.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const OWN: ConditionTemplate = {
  kind: "compare",
  attribute: "id",
  operator: "eq",
  value: { reference: "caller.customerId" },
};
const HELD: ConditionTemplate = {
  kind: "compare",
  attribute: "legalHold",
  operator: "eq",
  value: true,
};

describe("binding", () => {
  test("puts the caller's values where the template refers to them", () => {
    expect(bind(OWN, { "caller.customerId": "c-1" })).toEqual({ ...OWN, value: "c-1" });
    const among: ConditionTemplate = {
      kind: "in",
      attribute: "controllerId",
      values: { reference: "caller.servedOrganisationIds" },
    };
    expect(bind(among, { "caller.servedOrganisationIds": ["o-1", "o-2"] })).toEqual({
      ...among,
      values: ["o-1", "o-2"],
    });
  });

  test("leaves plain values as they are, and simplifies", () => {
    expect(bind({ kind: "all", of: [HELD, { kind: "always", value: true }] }, {})).toEqual(HELD);
  });

  test.each([
    ["null", null],
    ["absent", undefined],
    ["a list", ["c-1"]],
  ])("fails where one value is needed and the caller's is %s", (_what, value) => {
    expect(() => bind(OWN, { "caller.customerId": value })).toThrow(UnboundReference);
  });

  test("fails where a list is needed and the caller has one value", () => {
    const among: ConditionTemplate = { kind: "in", attribute: "id", values: { reference: "now" } };
    expect(() => bind(among, { now: NOW })).toThrow(UnboundReference);
  });

  test("at its widest takes whatever makes the condition hold for more rows", () => {
    expect(bindWidest(OWN, {})).toBe(ALWAYS);
    expect(bindWidest({ kind: "not", of: OWN }, {})).toBe(ALWAYS);
    expect(bindWidest({ kind: "not", of: { kind: "not", of: OWN } }, {})).toBe(ALWAYS);
    expect(bindWidest({ kind: "all", of: [HELD, OWN] }, {})).toEqual(HELD);
    expect(bindWidest({ kind: "any", of: [HELD, OWN] }, {})).toBe(ALWAYS);
    expect(
      bindWidest(
        { kind: "not", of: { kind: "any", of: [OWN, { kind: "always", value: true }] } },
        {},
      ),
    ).toBe(NEVER);
  });
});

describe("an attribute that the caller lacks", () => {
  const row = customerBut({});
  const withCustomer: Partial<Caller> = { customerId: String(row["id"]) };

  test("drops the grant that needs it", () => {
    const own = "purposes: [SERVICE]\n    when: { id: $caller.customerId }";
    const change = { "roles/agent.yaml": instead("purposes: [SERVICE]", own) };
    expect(disclosureUnder(change, withCustomer)).toBe("CLEAR");
    expect(disclosureUnder(change, { customerId: null })).toBe("NONE");
  });

  test("makes the stop hold that needs it, also where it is negated", () => {
    for (const when of ["{ id: $caller.customerId }", "{ not: { id: $caller.customerId } }"]) {
      const change = { "stops/state.yaml": instead("{ legalHold: true }", when) };
      expect(disclosureUnder(change, { customerId: null })).toBe("NONE");
    }
    const others = "{ not: { id: $caller.customerId } }";
    const change = { "stops/state.yaml": instead("{ legalHold: true }", others) };
    expect(disclosureUnder(change, withCustomer)).toBe("CLEAR");
  });

  test("takes everything where it is the ceiling of a stop that holds", () => {
    const change = { "stops/state.yaml": instead("legalHold: true", "legalHold: false") };
    const ceiling = (text: string): string =>
      change["stops/state.yaml"](text).replace("at-most: NONE", "at-most: $caller.fieldCeiling");
    const capped = { "stops/state.yaml": ceiling };
    expect(disclosureUnder(capped, { fieldCeiling: "PARTIAL" })).toBe("PARTIAL");
    expect(disclosureUnder(capped, { fieldCeiling: null })).toBe("NONE");
  });

  function disclosureUnder(
    change: Parameters<typeof smallPolicy>[0],
    changes: Partial<Caller>,
  ): string {
    const policy = loadPolicy(smallPolicy(change), CATALOG);
    const caller = callerBut({
      name: "cs-agent",
      now: NOW,
      changes: { roles: ["AGENT"], purpose: "SERVICE", ...changes },
    });
    const decisions = new Decisions(abilityFor({ policy, catalog: CATALOG, caller, now: NOW }));
    return decisions.fieldPlan(customerField("fullName")).decide(row).disclosure;
  }
});
