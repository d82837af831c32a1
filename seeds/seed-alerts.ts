import type { NewAlert } from "../src/database/seed-writer.ts";
import { requireDemoCaller } from "../src/identity/demo-tokens.ts";
import { DEMO_ORGANISATIONS } from "../src/identity/demo-organisations.ts";
import { daysBeforeEpoch } from "./epoch.ts";

const { transferor, unrelated } = DEMO_ORGANISATIONS;
const caller = (name: string): Pick<NewAlert, "principalId" | "caller" | "organisationId"> => {
  const { id, organisation } = requireDemoCaller(name);
  return { principalId: id, caller: name, organisationId: DEMO_ORGANISATIONS[organisation].id };
};

/** Alerts of the demonstration: one that waits, one that was looked into, one that is a stranger's. */
export function seedAlerts(): NewAlert[] {
  return [
    {
      id: "0192a000-0000-7000-8000-000000000901",
      ...caller("partner-system"),
      concernedIds: [DEMO_ORGANISATIONS["partner-gmbh"].id, transferor.id],
      kind: "DENIED_FILTERS",
      field: "Customer.bankAccount",
      occurredAt: daysBeforeEpoch(3),
      windowMinutes: 60,
      counted: 11,
      allowed: 10,
      acknowledged: null,
    },
    {
      id: "0192a000-0000-7000-8000-000000000902",
      ...caller("gov-liaison"),
      concernedIds: [DEMO_ORGANISATIONS.authority.id, transferor.id],
      kind: "FAILED_PROBES",
      field: "Customer.idNumber",
      occurredAt: daysBeforeEpoch(40),
      windowMinutes: 60,
      counted: 12,
      allowed: 10,
      acknowledged: {
        at: daysBeforeEpoch(39),
        by: "security-responder",
        note: "The authority had a list with transposed digits; it sent a new one.",
      },
    },
    {
      id: "0192a000-0000-7000-8000-000000000903",
      ...caller("unrelated-cs-agent"),
      concernedIds: [unrelated.id],
      kind: "DENIED_FILTERS",
      field: "Customer.taxNo",
      occurredAt: daysBeforeEpoch(1),
      windowMinutes: 60,
      counted: 21,
      allowed: 20,
      acknowledged: null,
    },
  ];
}
