import { addEngagements, type NewEngagementRow } from "../../../src/database/seed-engagements.ts";
import { inTransaction } from "../../../src/database/transaction.ts";
import type { DemoCaller } from "../../../src/identity/demo-callers.ts";
import { DEMO_ORGANISATIONS } from "../../../src/identity/demo-organisations.ts";
import { transferId } from "../../support/canaries.ts";
import type { TestServer } from "../../support/start-test-server.ts";
import type { AuditFacts } from "./facts.ts";

/** An audit and what the reference may know of it. */
interface Audit extends AuditFacts {
  readonly code: string;
  readonly state: string;
}

/** Audits in which records are looked at. */
const LOOKING = ["FIELDWORK", "DRAFT", "RESPONSE"];

const TRANSFEROR = DEMO_ORGANISATIONS.transferor.id;

const OF_DEMONSTRATION: Audit = {
  code: "ENGAGEMENT-2026-001",
  state: "FIELDWORK",
  organisations: [TRANSFEROR],
  transfers: ["TR-2026-005", "TR-2026-009", "TR-2026-011"].map(transferId),
};

/** What those audit who are not of the demonstration, one after the other. */
const KINDS: readonly Omit<Audit, "code">[] = [
  { state: "FIELDWORK", organisations: [TRANSFEROR], transfers: null },
  { state: "DRAFT", organisations: [TRANSFEROR], transfers: [transferId("TR-2026-011")] },
  { state: "RESPONSE", organisations: [TRANSFEROR], transfers: [transferId("TR-2026-005")] },
  { state: "FINAL", organisations: [TRANSFEROR], transfers: null },
];

/** Code of the one audit of somebody who is not of the demonstration. */
export function auditCodeOf(id: string): string {
  return `AUDIT-${id.slice(-4).toUpperCase()}`;
}

/** The audits in which somebody may look at records, as far as the token names them. */
export function auditsOf(
  principal: DemoCaller,
  token: DemoCaller,
  others: readonly DemoCaller[],
): AuditFacts[] {
  const own = auditOf(principal, others);
  const isNamed = token.caseCodes.length === 0 || token.caseCodes.includes(own?.code ?? "");
  if (own === null || !isNamed || !LOOKING.includes(own.state)) return [];
  const served = principal.serves.map((code) => DEMO_ORGANISATIONS[code].id);
  return [{ ...own, organisations: own.organisations.filter((id) => served.includes(id)) }];
}

function auditOf(principal: DemoCaller, others: readonly DemoCaller[]): Audit | null {
  if (principal.name === "external-auditor") return OF_DEMONSTRATION;
  const at = auditorsAmong(others).findIndex(({ id }) => id === principal.id);
  const kind = KINDS[at % KINDS.length];
  return at < 0 || kind === undefined ? null : { ...kind, code: auditCodeOf(principal.id) };
}

function auditorsAmong(others: readonly DemoCaller[]): DemoCaller[] {
  return others.filter(({ roles }) => roles.includes("EXTERNAL_AUDITOR"));
}

/** Adds the audits of those who are not of the demonstration. */
export function addOtherAudits({ app }: TestServer, others: readonly DemoCaller[]): Promise<void> {
  const rows = auditorsAmong(others).map((auditor): NewEngagementRow => {
    const { code, state, organisations, transfers } = auditOf(auditor, others) as Audit;
    const now = new Date("2026-10-01T00:00:00Z");
    return {
      id: auditor.id.replace(/000a(?=...$)/, "0bb0"),
      organisationId: TRANSFEROR,
      code,
      kind: "EXTERNAL",
      state,
      organisationIds: organisations,
      limitedToTransfers: transfers !== null,
      transferIds: transfers ?? [],
      periodFrom: "2026-01-01",
      periodTo: "2026-12-31",
      criteria: ["PIPL Art. 54"],
      firmId: DEMO_ORGANISATIONS["audit-firm"].id,
      firm: "audit-firm",
      members: [
        {
          id: auditor.id.replace(/000a(?=...$)/, "0bb1"),
          principalId: auditor.id,
          name: auditor.name,
          declaredAt: now,
        },
      ],
      plannedById: "0192a000-0000-7000-8000-000000000203",
      plannedBy: "compliance-officer",
      plannedAt: now,
      openedById: "0192a000-0000-7000-8000-000000000209",
      openedBy: "compliance-deputy",
      openedAt: now,
      closedBy: null,
      closedAt: null,
      closeReason: null,
    };
  });
  return inTransaction(app.services.database.pool, (client) => addEngagements(client, rows));
}
