import type { Caller } from "../../../src/identity/caller.ts";
import type { AccessExplanation } from "../../../src/policy/explain-access.ts";
import {
  callerBut,
  customerBut,
  customerField,
  decisionsOf,
  type PlainRow,
} from "../../support/policy-world.ts";

const NOW = new Date("2026-11-20T09:00:00Z");

interface Case {
  readonly name: string;
  readonly purpose: string;
  readonly field?: string;
  readonly row?: PlainRow;
  readonly caller?: Partial<Caller>;
}

function explain({
  name,
  purpose,
  field = "phone",
  row = {},
  caller = {},
}: Case): AccessExplanation {
  const decisions = decisionsOf(callerBut({ name, purpose, now: NOW, changes: caller }), NOW);
  return decisions.explain(customerBut(row), customerField(field));
}

/** Remedies as `LEVEL: change + change`. */
function remediesOf(explained: AccessExplanation): string[] {
  return explained.remedies.map(
    ({ disclosure, changes }) => `${disclosure}: ${changes.join(" + ")}`,
  );
}

describe("what would change a decision", () => {
  test.each<Case & { readonly would: readonly string[] }>([
    {
      name: "cs-agent",
      purpose: "CUSTOMER_CARE",
      would: ["CLEAR: purpose SERVICE_DELIVERY + an assigned case"],
    },
    {
      name: "cs-agent-no-mfa",
      purpose: "SERVICE_DELIVERY",
      field: "idNumber",
      would: ["PARTIAL: an assigned case + a second factor", "EXISTS: an assigned case"],
    },
    {
      name: "cs-agent-untrained",
      purpose: "SERVICE_DELIVERY",
      field: "idNumber",
      row: { assignedAgentIds: ["cs-agent-untrained"] },
      would: ["PARTIAL: a valid training"],
    },
    {
      name: "cs-agent-low-clearance",
      purpose: "SERVICE_DELIVERY",
      field: "idNumber",
      row: { assignedAgentIds: ["cs-agent-low-clearance"] },
      would: ["PARTIAL: clearance for SENSITIVE fields"],
    },
    {
      name: "cs-agent-night-shift",
      purpose: "SERVICE_DELIVERY",
      field: "idNumber",
      row: { assignedAgentIds: ["cs-agent-night-shift"] },
      would: ["PARTIAL: a time within the caller's working hours"],
    },
    {
      name: "data-steward",
      purpose: "DATA_QUALITY",
      field: "idNumber",
      caller: { authenticatedAt: new Date("2026-11-19T09:00:00Z") },
      would: ["PARTIAL: a second factor"],
    },
    {
      name: "transferee-cs-agent",
      purpose: "CUSTOMER_CARE",
      row: { controllerId: "transferee", originalPurposes: ["SERVICE_DELIVERY"] },
      would: [
        "CLEAR: purpose SERVICE_DELIVERY + an assigned case",
        "PARTIAL: CUSTOMER_CARE agreed with the customer anew",
        "PARTIAL: purpose SERVICE_DELIVERY",
      ],
    },
    {
      name: "cs-agent",
      purpose: "SERVICE_DELIVERY",
      row: { relatedPartyOf: ["cs-agent"], assignedAgentIds: ["cs-agent"] },
      would: [],
    },
    {
      name: "cs-agent",
      purpose: "SERVICE_DELIVERY",
      row: { ageBand: "CHILD" },
      would: [
        "CLEAR: an assigned case + an approval that names the caller + a guardian's consent",
        "PARTIAL: an approval that names the caller + a guardian's consent",
      ],
    },
    {
      name: "sales-analyst",
      purpose: "MARKETING",
      row: { basisPurposes: ["ANALYTICS"], marketingAllowed: false },
      would: [
        "CLEAR: a legal basis for MARKETING + no objection to marketing",
        "COARSE: purpose ANALYTICS",
      ],
    },
    {
      name: "partner-system",
      purpose: "SERVICE_DELIVERY",
      field: "bankAccount",
      would: ["TOKEN: the scope financial:read"],
    },
    {
      name: "gov-liaison",
      purpose: "LEGAL_DISCLOSURE",
      row: { caseCodes: [] },
      would: [
        "CLEAR: a case of the caller that names the customer + a case that lists the field",
        "PARTIAL: a case of the caller that names the customer",
      ],
    },
  ])("$name for $purpose ($would)", ({ would, ...one }) => {
    expect(remediesOf(explain(one))).toEqual(would);
  });

  test("another role, organisation or state is no small change", () => {
    expect(
      remediesOf(
        explain({
          name: "internal-auditor",
          purpose: "COMPLIANCE_AUDIT",
          row: { controllerId: "transferee" },
        }),
      ),
    ).toEqual([]);
    const sealed = { name: "cs-agent", purpose: "SERVICE_DELIVERY", row: { state: "SEALED" } };
    expect(remediesOf(explain(sealed))).toEqual([]);
  });

  test("nothing is promised where nothing is withheld", () => {
    const row = { assignedAgentIds: ["cs-agent"] };
    expect(remediesOf(explain({ name: "cs-agent", purpose: "SERVICE_DELIVERY", row }))).toEqual([]);
  });
});

describe("the two texts", () => {
  const minor: Case = {
    name: "cs-agent",
    purpose: "SERVICE_DELIVERY",
    row: { ageBand: "CHILD" },
  };

  test("auditors read the rule, its source and what would change it", () => {
    expect(explain(minor).auditorText).toMatch(
      /^phone is NONE for CS_AGENT and SERVICE_DELIVERY because of APPROVAL_REQUIRED\.\nRule state\/minor-without-approval decided: .+ \(.+Art\. 36\)\nWould be CLEAR with an assigned case, an approval that names the caller and a guardian's consent\.\n/,
    );
  });

  test("the caller reads nothing that a row could have told", () => {
    const { callerText } = explain(minor);
    expect(callerText).toBe(explain({ ...minor, row: {} }).callerText);
    expect(callerText).toBe(explain({ ...minor, row: { state: "DESTROYED" } }).callerText);
    expect(callerText).not.toMatch(/minor|guardian|case|approv|APPROVAL|state/i);
  });

  test("the caller reads what they could do themselves", () => {
    const { callerText } = explain({
      name: "cs-agent-no-mfa",
      purpose: "SERVICE_DELIVERY",
      field: "idNumber",
    });
    expect(callerText).toBe(
      "For SERVICE_DELIVERY you get idNumber at EXISTS at most.\n" +
        "Some records give less; which ones and why is not told.\n" +
        "Could be PARTIAL with a second factor.",
    );
  });
});

describe("the rules", () => {
  test("a hidden row was decided by a rule about rows, and by none about the field", () => {
    const { isVisible, verdict, rowRules, fieldRules } = explain({
      name: "cs-agent",
      purpose: "SERVICE_DELIVERY",
      row: { state: "SEALED" },
    });
    expect(isVisible).toBe(false);
    expect(verdict).toEqual({
      disclosure: "NONE",
      reason: "CUSTOMER_SEALED",
      rule: "state/sealed",
    });
    expect(rowRules.filter(({ decided }) => decided).map(({ id }) => id)).toEqual(["state/sealed"]);
    expect(fieldRules.some(({ decided }) => decided)).toBe(false);
  });

  test("rules for other roles and purposes are told too, with the clause that fails", () => {
    const { fieldRules } = explain({ name: "cs-agent", purpose: "CUSTOMER_CARE" });
    const assigned = fieldRules.find(({ id }) => id === "cs-agent/assigned-case");
    expect(assigned?.applies).toBe(false);
    expect(assigned?.clauses.filter(({ holds }) => holds === false)).toContainEqual({
      of: "CALLER",
      depth: 1,
      text: "purpose is one of SERVICE_DELIVERY",
      holds: false,
    });
  });

  test("a grant for listed fields says whether the field is listed", () => {
    const listed = explain({ name: "gov-liaison", purpose: "LEGAL_DISCLOSURE" }).fieldRules.find(
      ({ id }) => id === "gov-liaison/listed-fields",
    );
    expect(listed?.clauses).toContainEqual({
      of: "CALLER",
      depth: 0,
      text: "phone is a listed field",
      holds: false,
    });
  });
});
