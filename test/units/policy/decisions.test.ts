import type { Caller } from "../../../src/identity/caller.ts";
import { PolicyEngine } from "../../../src/policy/decisions.ts";
import {
  callerBut,
  CATALOG,
  customerBut,
  customerField,
  decisionsOf,
  POLICY,
} from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00.250Z");
const CALLER = callerBut({
  name: "cs-agent",
  purpose: "SERVICE_DELIVERY",
  now: NOW,
  changes: { authenticatedAt: NOW },
});

describe("the engine", () => {
  const engine = new PolicyEngine({ policy: POLICY, catalog: CATALOG });

  test("makes the decisions of a caller once a second", () => {
    const decisions = engine.decisionsFor(CALLER, NOW);
    expect(engine.decisionsFor({ ...CALLER }, new Date("2026-11-20T09:00:00.999Z"))).toBe(
      decisions,
    );
    expect(engine.decisionsFor(CALLER, new Date("2026-11-20T09:00:01Z"))).not.toBe(decisions);
    expect(decisions.policyVersion).toBe(POLICY.version);
  });

  test.each(Object.keys(CALLER) as (keyof Caller)[])("tells callers apart by their %s", (name) => {
    const decisions = engine.decisionsFor(CALLER, NOW);
    const other = { ...CALLER, [name]: otherThan(CALLER[name]) } as Caller;
    expect(engine.decisionsFor(other, NOW)).not.toBe(decisions);
  });

  test("forgets callers when there are too many, and decides the same again", () => {
    const small = new PolicyEngine({ policy: POLICY, catalog: CATALOG, maxCallers: 1 });
    const first = small.decisionsFor(CALLER, NOW);
    small.decisionsFor({ ...CALLER, mfa: false }, NOW);
    const again = small.decisionsFor(CALLER, NOW);
    const row = customerBut({});
    const phone = customerField("phone");
    expect(again).not.toBe(first);
    expect(again.fieldPlan(phone).decide(row)).toEqual(first.fieldPlan(phone).decide(row));
  });
});

describe("a row", () => {
  const decisions = decisionsOf(CALLER, NOW);

  test("is not visible where an attribute that the rules read was not loaded", () => {
    const row: Record<string, unknown> = customerBut({});
    expect(decisions.canSee("Customer", row)).toBe(true);
    delete row["state"];
    expect(decisions.canSee("Customer", row)).toBe(false);
    expect(decisions.rowVerdict("Customer", row)).toEqual({
      isVisible: false,
      reason: "ATTRIBUTE_NOT_LOADED",
      rule: "default-deny",
    });
  });

  test("out of scope is told to be that, whatever became of it", () => {
    for (const state of ["ACTIVE", "SEALED", "DESTROYED"]) {
      const row = customerBut({ controllerId: "transferee", state });
      expect(decisions.rowVerdict("Customer", row).reason).toBe("OUT_OF_SCOPE");
    }
  });
});

describe("a verb", () => {
  const steward = decisionsOf(
    callerBut({ name: "data-steward", purpose: "DATA_QUALITY", now: NOW }),
    NOW,
  );
  const row = customerBut({});

  test("is given for the categories that a role may change, and for no others", () => {
    expect(steward.canDo("update", row, customerField("phone"))).toBe(true);
    expect(steward.canDo("update", row, customerField("idNumber"))).toBe(false);
    expect(steward.canDo("update", row, customerField("legalHold"))).toBe(false);
    expect(decisionsOf(CALLER, NOW).canDo("update", row, customerField("phone"))).toBe(false);
  });

  test("is given for one purpose and not for another", () => {
    const mover = callerBut({ name: "data-steward", purpose: "TRANSFER_EXECUTION", now: NOW });
    expect(decisionsOf(mover, NOW).canDo("update", row, customerField("phone"))).toBe(false);
  });

  test("that is about no field is given to some roles only", () => {
    const auditor = decisionsOf(callerBut({ name: "internal-auditor", now: NOW }), NOW);
    expect(auditor.mayEver("evaluateAccess", "Customer")).toBe(true);
    expect(steward.mayEver("evaluateAccess", "Customer")).toBe(false);
  });
});

function otherThan(value: unknown): unknown {
  if (Array.isArray(value)) return [...value, "another"];
  if (typeof value === "boolean") return !value;
  return value instanceof Date ? new Date(value.getTime() + 1) : `another ${String(value)}`;
}
