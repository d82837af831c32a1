import type { CallerEngagement } from "./caller.ts";
import type { DemoOrganisationCode } from "./demo-organisations.ts";
import { DEMO_ORGANISATIONS } from "./demo-organisations.ts";

/** An audit of the demonstration, as the seeds write it. People go by the names of demo callers. */
export interface DemoEngagement extends CallerEngagement {
  readonly kind: "INTERNAL" | "EXTERNAL" | "REGULATOR_ORDERED";
  readonly criteria: readonly string[];
  readonly firm: DemoOrganisationCode;
  /** The lead comes first. */
  readonly team: readonly string[];
  readonly plannedBy: string;
  readonly plannedAt: Date;
  /** Null until the fieldwork begins. */
  readonly openedBy: string | null;
  readonly openedAt: Date | null;
  readonly closed: {
    readonly by: string;
    readonly at: Date;
    readonly reason: string | null;
  } | null;
}

type Particulars = Pick<DemoEngagement, "code" | "state" | "criteria"> &
  Partial<Omit<DemoEngagement, "id">>;

/** The furniture ledger, the online shop and the first ledger that went over. */
const TRANSFERS = ["705", "709", "711"].map((end) => `0192a000-0000-7000-8000-000000000${end}`);

const HANDLING = "CAC Order 18, Annex: handling on the basis of law and consent";
const TRANSFER = "PIPL Arts. 22 and 23: transfer of personal information to another handler";
const ACCESS = "PIPL Art. 51(2) and (3): classified management, access by need";

/** Audits in every state, by people of the organisation and by a firm. */
export const DEMO_ENGAGEMENTS: readonly DemoEngagement[] = (
  [
    {
      code: "ENGAGEMENT-2026-001",
      state: "FIELDWORK",
      kind: "EXTERNAL",
      firm: "audit-firm",
      team: ["external-auditor"],
      criteria: [TRANSFER, ACCESS],
      transferIds: TRANSFERS,
      limitedToTransfers: true,
    },
    { code: "ENGAGEMENT-2026-002", state: "PLANNED", criteria: [ACCESS], openedBy: null },
    { code: "ENGAGEMENT-2026-003", state: "DRAFT", criteria: [HANDLING] },
    { code: "ENGAGEMENT-2026-004", state: "RESPONSE", criteria: [ACCESS] },
    { code: "ENGAGEMENT-2026-005", state: "FINAL", criteria: [HANDLING, ACCESS] },
    { code: "ENGAGEMENT-2026-006", state: "FOLLOW_UP", criteria: [HANDLING] },
    {
      code: "ENGAGEMENT-2025-001",
      state: "CLOSED",
      kind: "EXTERNAL",
      firm: "audit-firm",
      team: ["external-auditor"],
      criteria: [HANDLING],
      from: "2025-01-01",
      to: "2025-12-31",
      plannedAt: new Date("2026-01-12T02:00:00Z"),
      openedAt: new Date("2026-01-26T02:00:00Z"),
      closed: { by: "external-auditor", at: new Date("2026-05-18T07:00:00Z"), reason: null },
    },
    {
      code: "ENGAGEMENT-2026-101",
      state: "PLANNED",
      criteria: [ACCESS],
      firm: "transferee",
      organisationIds: [DEMO_ORGANISATIONS.transferee.id],
      team: ["transferee-internal-auditor"],
      plannedBy: "transferee-compliance-officer",
      openedBy: null,
    },
  ] satisfies readonly Particulars[]
).map(demoEngagement);

function demoEngagement(particulars: Particulars, index: number): DemoEngagement {
  return {
    id: `0192a000-0000-7000-8000-00000000b${String(index + 1).padStart(3, "0")}`,
    kind: "INTERNAL",
    organisationIds: [DEMO_ORGANISATIONS.transferor.id],
    transferIds: [],
    limitedToTransfers: false,
    from: "2026-01-01",
    to: "2026-12-31",
    firm: "transferor",
    team: ["internal-auditor"],
    plannedBy: "compliance-officer",
    plannedAt: new Date("2026-09-07T02:00:00Z"),
    openedBy: "compliance-deputy",
    openedAt: particulars.openedBy === null ? null : new Date("2026-09-28T02:00:00Z"),
    closed: null,
    ...particulars,
  };
}
