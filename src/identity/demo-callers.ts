import type { DemoCaller } from "./demo-caller.ts";

export type { DemoCaller } from "./demo-caller.ts";

/** Customers that the seeds create for the data subjects of the demonstration (UUIDv7). */
export const DEMO_CUSTOMER_IDS = {
  transferor: "0192a000-0000-7000-8000-000000000501",
  transferee: "0192a000-0000-7000-8000-000000000502",
} as const;

type Particulars = Pick<DemoCaller, "name" | "about" | "organisation" | "roles" | "purposes"> &
  Partial<Omit<DemoCaller, "id">>;

/** Far enough away that the demonstration never goes stale. */
const TRAINED = new Date("2099-12-31T00:00:00Z");
const TRAINING_LAPSED = new Date("2025-06-30T00:00:00Z");
const LOOPBACK = ["127.0.0.0/8", "::1/128"];

/** People inside a company: each serves the company itself, and exists on both sides of a transfer. */
const STAFF: readonly Omit<Particulars, "organisation">[] = [
  {
    name: "cs-agent",
    about: "Serves customers: contact data of assigned ones in clear, of others in part.",
    roles: ["CS_AGENT"],
    purposes: ["SERVICE_DELIVERY", "CUSTOMER_CARE"],
  },
  {
    name: "sales-analyst",
    about: "Plans marketing with those who consented, and counts the others under pseudonyms.",
    roles: ["SALES_ANALYST"],
    purposes: ["MARKETING", "ANALYTICS"],
  },
  {
    name: "data-steward",
    about: "Keeps records correct and prepares them for transfer; edits, without identity numbers.",
    roles: ["DATA_STEWARD"],
    purposes: ["DATA_QUALITY", "TRANSFER_EXECUTION"],
  },
  {
    name: "compliance-officer",
    about: "Answers rights requests and disputes, and keeps what the law wants kept.",
    roles: ["COMPLIANCE_OFFICER"],
    purposes: ["RIGHTS_REQUEST", "DISPUTE_HANDLING", "LEGAL_RETENTION"],
    caseCodes: ["DISPUTE-2026-001", "RIGHTS-2026-001"],
  },
  {
    name: "legal-counsel",
    about: "Handles disputes, with the records that a case needs.",
    roles: ["LEGAL_COUNSEL"],
    purposes: ["DISPUTE_HANDLING"],
    caseCodes: ["DISPUTE-2026-001"],
  },
  {
    name: "transfer-manager",
    about: "Runs a transfer: who goes, in which state, never what they own or suffer from.",
    roles: ["TRANSFER_MANAGER"],
    purposes: ["TRANSFER_EXECUTION"],
  },
  {
    name: "internal-auditor",
    about: "Checks who may see and who saw what; customer values only masked.",
    roles: ["INTERNAL_AUDITOR"],
    purposes: ["COMPLIANCE_AUDIT"],
  },
  {
    name: "platform-admin",
    about: "Looks after the system for its company: reads the policy, and no customer at all.",
    roles: ["PLATFORM_ADMIN"],
    purposes: ["DATA_QUALITY"],
  },
  {
    name: "data-subject",
    about: "A customer who reads their own record and nobody else's.",
    roles: ["DATA_SUBJECT"],
    purposes: ["SELF_ACCESS"],
    trainingValidUntil: null,
    clearance: null,
  },
  {
    name: "compliance-deputy",
    about: "A second compliance officer: approves and reviews what the first asks to have opened.",
    roles: ["COMPLIANCE_OFFICER"],
    purposes: ["RIGHTS_REQUEST", "DISPUTE_HANDLING", "LEGAL_RETENTION"],
    caseCodes: ["DISPUTE-2026-001", "RIGHTS-2026-001"],
  },
];

/** Agents that lack one thing each, to show the stops. */
const UNREADY: readonly Particulars[] = [
  {
    name: "cs-agent-untrained",
    about: "A CS agent whose training lapsed: SENSITIVE masked, PRIVATE denied.",
    organisation: "transferor",
    roles: ["CS_AGENT"],
    purposes: ["SERVICE_DELIVERY", "CUSTOMER_CARE"],
    trainingValidUntil: TRAINING_LAPSED,
  },
  {
    name: "cs-agent-no-mfa",
    about: "A CS agent who signed in with a password alone.",
    organisation: "transferor",
    roles: ["CS_AGENT"],
    purposes: ["SERVICE_DELIVERY", "CUSTOMER_CARE"],
    mfa: false,
  },
  {
    name: "cs-agent-low-clearance",
    about: "A CS agent who is cleared for PUBLIC fields alone: SENSITIVE masked, PRIVATE denied.",
    organisation: "transferor",
    roles: ["CS_AGENT"],
    purposes: ["SERVICE_DELIVERY", "CUSTOMER_CARE"],
    clearance: "PUBLIC",
  },
  {
    name: "cs-agent-night-shift",
    about: "A CS agent who works from ten in the evening to six in the morning, Monday to Friday.",
    organisation: "transferor",
    roles: ["CS_AGENT"],
    purposes: ["SERVICE_DELIVERY", "CUSTOMER_CARE"],
    workingHours: {
      timeZone: "Asia/Shanghai",
      days: ["MON", "TUE", "WED", "THU", "FRI"],
      from: "22:00",
      to: "06:00",
    },
  },
  {
    name: "cs-agent-abroad",
    about: "A CS agent who works from Singapore, to where no mechanism lets Chinese data go.",
    organisation: "transferor",
    roles: ["CS_AGENT"],
    purposes: ["SERVICE_DELIVERY", "CUSTOMER_CARE"],
    location: "SG",
  },
];

/** People and systems elsewhere, who work for the transferor. */
const OUTSIDERS: readonly Particulars[] = [
  {
    name: "external-auditor",
    about: "An audit firm's reader within its engagement; customers only under pseudonyms.",
    organisation: "audit-firm",
    roles: ["EXTERNAL_AUDITOR"],
    purposes: ["COMPLIANCE_AUDIT"],
  },
  {
    name: "partner-system",
    about: "A logistics partner's machine: narrow scopes, nothing above PARTIAL, loopback only.",
    kind: "CLIENT",
    organisation: "partner-gmbh",
    location: "DE",
    roles: ["PARTNER_SYSTEM"],
    purposes: ["SERVICE_DELIVERY"],
    scopes: ["customers:read", "contact:read", "transfers:read"],
    fieldCeiling: "PARTIAL",
    allowedNetworks: LOOPBACK,
    mfa: false,
    trainingValidUntil: null,
    clearance: null,
  },
  {
    name: "gov-liaison",
    about: "An authority's officer, who reads the fields that an approved case lists.",
    organisation: "authority",
    roles: ["GOV_LIAISON"],
    purposes: ["LEGAL_DISCLOSURE"],
    caseCodes: ["DISCLOSURE-2026-001"],
    caseFields: ["fullName", "idNumber"],
  },
  {
    name: "security-responder",
    about: "Investigates incidents under pseudonyms.",
    organisation: "security-firm",
    roles: ["SECURITY_RESPONDER"],
    purposes: ["INCIDENT_RESPONSE"],
    caseCodes: ["INCIDENT-2026-001"],
  },
  {
    name: "bankruptcy-admin",
    about: "An insolvency administrator who hands the ledger over.",
    organisation: "administrator-firm",
    roles: ["BANKRUPTCY_ADMIN"],
    purposes: ["TRANSFER_EXECUTION"],
  },
  {
    name: "policy-client",
    about: "A gateway of the transferor that asks what policy decides (AuthZEN) and reads nothing.",
    kind: "CLIENT",
    organisation: "transferor",
    roles: ["POLICY_CLIENT"],
    purposes: ["POLICY_DECISION"],
    allowedNetworks: LOOPBACK,
    mfa: false,
    trainingValidUntil: null,
    clearance: null,
  },
];

/** Somebody with a good role in the wrong company. */
const STRANGER: Particulars = {
  name: "unrelated-cs-agent",
  about: "A CS agent of a company that takes no part: every customer is NOT_FOUND.",
  organisation: "unrelated",
  location: "SG",
  roles: ["CS_AGENT"],
  purposes: ["SERVICE_DELIVERY", "CUSTOMER_CARE"],
};

/** People of the company that operates Custodia: together they put a policy into force. */
const OPERATORS: readonly Particulars[] = [
  {
    name: "operator-platform-admin",
    about: "Writes versions of the policy for everybody, and reads no customer at all.",
    organisation: "operator",
    roles: ["PLATFORM_ADMIN"],
    purposes: ["DATA_QUALITY"],
  },
  {
    name: "operator-compliance-officer",
    about: "Approves versions of the policy that somebody else wrote; has no customers to read.",
    organisation: "operator",
    roles: ["COMPLIANCE_OFFICER"],
    purposes: ["RIGHTS_REQUEST", "DISPUTE_HANDLING", "LEGAL_RETENTION"],
  },
];

function staffOf(organisation: "transferor" | "transferee"): Particulars[] {
  const prefix = organisation === "transferor" ? "" : `${organisation}-`;
  return STAFF.map((person) => ({
    ...person,
    organisation,
    location: organisation === "transferor" ? "CN" : "DE",
    name: prefix + person.name,
    ...(person.name === "data-subject" && { customerId: DEMO_CUSTOMER_IDS[organisation] }),
    // Before the cutover a buyer may only examine the deal (PIPL 23), which is a purpose of its own.
    ...(organisation === "transferee" &&
      person.name === "transfer-manager" && {
        purposes: ["TRANSFER_DUE_DILIGENCE", "TRANSFER_EXECUTION"],
      }),
  }));
}

function demoCaller(particulars: Particulars, number: number): DemoCaller {
  return {
    id: `0192a000-0000-7000-8000-000000000${number}`,
    kind: "PERSON",
    serves: [particulars.organisation],
    scopes: [],
    fieldCeiling: null,
    mfa: true,
    trainingValidUntil: TRAINED,
    clearance: "PRIVATE",
    workingHours: null,
    customerId: null,
    allowedNetworks: [],
    caseCodes: [],
    caseFields: [],
    location: "CN",
    ...particulars,
  };
}

/** Every demo caller. Ids are numbered within their group, so that adding one changes no other. */
export const DEMO_CALLERS: readonly DemoCaller[] = [
  ...staffOf("transferor").map((person, index) => demoCaller(person, 200 + index)),
  ...UNREADY.map((person, index) => demoCaller(person, 250 + index)),
  ...staffOf("transferee").map((person, index) => demoCaller(person, 300 + index)),
  ...OUTSIDERS.map((one, index) => demoCaller({ ...one, serves: ["transferor"] }, 400 + index)),
  demoCaller(STRANGER, 450),
  ...OPERATORS.map((one, index) => demoCaller(one, 460 + index)),
];

/** The demo caller of that name, or null. */
export function findDemoCaller(name: string): DemoCaller | null {
  return DEMO_CALLERS.find((caller) => caller.name === name) ?? null;
}
