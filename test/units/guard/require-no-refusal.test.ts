import { requireNoRefusal } from "../../../src/guard/require-no-refusal.ts";
import type { Caller } from "../../../src/identity/caller.ts";
import { callerBut, CUSTOMER, customerBut, decisionsOf } from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const FOREIGN = { code: "DISCLOSURE-2026-002", fields: ["fullName"], jurisdiction: "US" };

function liaison(changes: Partial<Caller>) {
  return decisionsOf(callerBut({ name: "gov-liaison", now: NOW, changes }), NOW);
}

const refused = liaison({
  disclosureCases: [{ ...FOREIGN, approvalRef: null, state: "APPROVED" }],
});

test("a foreign court's case without approval refuses every request of its liaison", () => {
  expect(() => requireNoRefusal(refused)).toThrow(
    expect.objectContaining({ code: "FOREIGN_DISCLOSURE_PROHIBITED" }) as Error,
  );
});

test("with the approval, or for another purpose, nothing is refused", () => {
  const approved = { ...FOREIGN, approvalRef: "approved", state: "APPROVED" };
  requireNoRefusal(liaison({ disclosureCases: [approved] }));
  const cases = [{ ...FOREIGN, approvalRef: null, state: "APPROVED" }];
  requireNoRefusal(liaison({ purpose: "COMPLIANCE_AUDIT", disclosureCases: cases }));
});

test("who asks nobody whether all is refused still reads no row, no field and counts nothing", () => {
  const row = customerBut({ caseCodes: [FOREIGN.code] });
  const never = { kind: "always", value: false };
  for (const action of ["see", "know", "count"] as const)
    expect(refused.rows(action, "Customer")).toEqual(never);
  for (const field of CUSTOMER.fields.values()) {
    const plan = refused.fieldPlan(field);
    expect(plan.constant).toEqual({
      disclosure: "NONE",
      reason: "FOREIGN_DISCLOSURE_PROHIBITED",
      rule: "disclosure/foreign-authority",
    });
    expect(refused.canDo("update", row, field)).toBe(false);
    expect(refused.rowsWhere("group", field)).toEqual(never);
  }
  expect(refused.mayEver("evaluateAccess", "Customer")).toBe(false);
});

test("an explanation says what refuses, for the row and for the field", () => {
  const field = CUSTOMER.fields.get("fullName");
  if (field === undefined) throw new Error("There is no fullName.");
  const explained = refused.explain(customerBut({ caseCodes: [FOREIGN.code] }), field);
  expect(explained).toMatchObject({
    isVisible: false,
    verdict: { reason: "FOREIGN_DISCLOSURE_PROHIBITED", rule: "disclosure/foreign-authority" },
  });
  const [first] = explained.rowRules;
  expect(first).toMatchObject({ effect: "refusal", stage: "CROSS_BORDER", decided: true });
  expect(first?.clauses.map(({ text }) => text)).toContain(
    "the caller has the disclosure case DISCLOSURE-2026-002",
  );
  expect(explained.auditorText).toContain("PIPL Art. 41; DSL Art. 36");
});
