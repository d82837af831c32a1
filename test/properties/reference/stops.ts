import type { AskerFacts, CustomerFacts } from "./facts.ts";
import type { FieldFacts } from "./fields.ts";
import type { Level } from "./levels.ts";

/** What is asked: one field of one customer, by somebody. */
export interface Question {
  readonly asker: AskerFacts;
  readonly customer: CustomerFacts;
  readonly field: FieldFacts;
}

/** Something that caps a field for everybody whom it meets, whatever the matrix gives. */
export interface Stop {
  /** Its place in the order of evaluation (domain 4.3); the earliest gives the reason. */
  readonly step: number;
  readonly reason: string;
  readonly cap: Level | ((question: Question) => Level);
  readonly meets: (question: Question) => boolean;
}

const MINORS = ["CHILD", "YOUTH"];
const CHILDREN = ["CHILD"];
/** Places where data of a law is at home, as far as anybody here is in one (domain 2.3 and 2.5). */
const AT_HOME: Readonly<Record<string, readonly string[]>> = {
  CN: ["CN"],
  DE: ["DE"],
  SG: ["SG"],
};
/** Purposes that rest on the customer's own basis and not on a statute. */
const ON_THE_CUSTOMERS_BASIS = [
  "SERVICE_DELIVERY",
  "CUSTOMER_CARE",
  "MARKETING",
  "ANALYTICS",
  "AI_TRAINING",
  "PUBLICATION",
];
const STAFF = [
  "CS_AGENT",
  "SALES_ANALYST",
  "DATA_STEWARD",
  "COMPLIANCE_OFFICER",
  "LEGAL_COUNSEL",
  "TRANSFER_MANAGER",
  "INTERNAL_AUDITOR",
  "PLATFORM_ADMIN",
];
const OUTSIDERS = ["EXTERNAL_AUDITOR", "GOV_LIAISON", "SECURITY_RESPONDER", "BANKRUPTCY_ADMIN"];
/** The scope without which a system reads nothing of a column. */
const SCOPES: Readonly<Record<string, string>> = {
  C: "contact:read",
  B: "behaviour:read",
  I: "identity:read",
  F: "financial:read",
  H: "health:read",
  M: "family:read",
};

const isSelf = ({ asker }: Question): boolean => asker.purpose === "SELF_ACCESS";
const is = ({ asker }: Question, roles: readonly string[]): boolean =>
  roles.some((role) => asker.roles.includes(role));
const isFor = ({ asker }: Question, ...purposes: readonly string[]): boolean =>
  purposes.includes(asker.purpose);
const isClassified = ({ field }: Question): boolean => field.isSensitive || field.isPrivate;
/** "MASK full" of a sensitive value says that it is there; of a private one it says nothing. */
const maskedInFull = ({ field }: Question): Level => (field.isPrivate ? "NONE" : "EXISTS");

/** Every stop of the domain (4.3, steps 3 to 7, and the cross rules of 4.4). */
export const STOPS: readonly Stop[] = [
  {
    step: 3,
    reason: "APPROVAL_REQUIRED",
    cap: "NONE",
    meets: (q) =>
      MINORS.includes(q.customer.age) && !isSelf(q) && !q.customer.approvedFor.includes(q.asker.id),
  },
  {
    step: 3,
    reason: "GUARDIAN_CONSENT_REQUIRED",
    cap: "NONE",
    meets: (q) => CHILDREN.includes(q.customer.age) && !isSelf(q) && !q.customer.guardianAgreed,
  },
  {
    step: 3,
    reason: "CONFLICT_OF_INTEREST",
    cap: "NONE",
    meets: (q) => q.customer.relatives.includes(q.asker.id) && !isSelf(q),
  },
  {
    step: 4,
    reason: "CONSENT_REQUIRED",
    cap: "NONE",
    meets: (q) => isFor(q, "MARKETING") && !q.customer.bases.includes("MARKETING"),
  },
  {
    step: 4,
    reason: "OBJECTED",
    cap: "NONE",
    meets: (q) => isFor(q, "MARKETING") && !q.customer.wantsMarketing,
  },
  {
    step: 4,
    reason: "DISPUTE_OPEN",
    cap: "NONE",
    meets: (q) => isFor(q, "MARKETING") && q.customer.inDispute,
  },
  {
    step: 4,
    reason: "MINOR",
    cap: "NONE",
    meets: (q) => isFor(q, "MARKETING") && MINORS.includes(q.customer.age),
  },
  {
    step: 4,
    reason: "PURPOSE_NOT_PERMITTED",
    cap: "NONE",
    meets: (q) =>
      isFor(q, ...ON_THE_CUSTOMERS_BASIS) && !q.customer.bases.includes(q.asker.purpose),
  },
  {
    // Custody brings no right to a new purpose (PIPL Art. 22, last sentence).
    step: 4,
    reason: "PURPOSE_NOT_PERMITTED",
    cap: "NONE",
    meets: (q) =>
      isFor(q, ...ON_THE_CUSTOMERS_BASIS) &&
      q.customer.collectedFor !== null &&
      !q.customer.collectedFor.includes(q.asker.purpose),
  },
  {
    step: 4,
    reason: "RESTRICTED",
    cap: "NONE",
    meets: (q) => isFor(q, "MARKETING", "ANALYTICS") && q.customer.state === "RESTRICTED",
  },
  {
    step: 5,
    reason: "FORMER_CONTROLLER",
    cap: "PARTIAL",
    meets: (q) =>
      isClassified(q) &&
      !isSelf(q) &&
      q.customer.formers.includes(q.asker.organisation) &&
      q.customer.controller !== q.asker.organisation,
  },
  {
    step: 5,
    reason: "AGGREGATES_ONLY",
    cap: "NONE",
    meets: (q) => isFor(q, "TRANSFER_DUE_DILIGENCE"),
  },
  {
    // To read from abroad is to export (PIPL Art. 38); persons export nothing to themselves.
    step: 6,
    reason: "CROSS_BORDER_MECHANISM_REQUIRED",
    cap: "NONE",
    meets: (q) => {
      const { law, controller } = q.customer;
      const { place, mechanisms } = q.asker;
      const isAtHome = place !== null && AT_HOME[law]?.includes(place) === true;
      return !isSelf(q) && !isAtHome && !mechanisms.includes(`${law} of ${controller} to ${place}`);
    },
  },
  {
    step: 7,
    reason: "TRAINING_EXPIRED",
    cap: maskedInFull,
    meets: (q) => isClassified(q) && is(q, STAFF) && !q.asker.isTrained,
  },
  {
    step: 7,
    reason: "CLEARANCE_TOO_LOW",
    cap: maskedInFull,
    meets: (q) =>
      is(q, STAFF) &&
      ((q.field.isSensitive && !["SENSITIVE", "PRIVATE"].includes(q.asker.clearance ?? "")) ||
        (q.field.isPrivate && q.asker.clearance !== "PRIVATE")),
  },
  {
    step: 7,
    reason: "OUTSIDE_HOURS",
    cap: maskedInFull,
    meets: (q) => isClassified(q) && !isSelf(q) && !q.asker.isAtWork,
  },
  {
    step: 7,
    reason: "STEP_UP_REQUIRED",
    cap: maskedInFull,
    meets: (q) => isClassified(q) && is(q, [...STAFF, ...OUTSIDERS]) && !q.asker.hasSecondFactor,
  },
  {
    step: 7,
    reason: "STEP_UP_REQUIRED",
    cap: "PARTIAL",
    meets: (q) =>
      is(q, ["DATA_SUBJECT"]) && "IF".includes(q.field.column) && !q.asker.hasSecondFactor,
  },
  {
    step: 7,
    reason: "STEP_UP_REQUIRED",
    cap: "EXISTS",
    meets: (q) =>
      is(q, ["DATA_SUBJECT"]) && "HM".includes(q.field.column) && !q.asker.hasSecondFactor,
  },
  {
    step: 8,
    reason: "TOKEN_CEILING",
    cap: ({ asker }) => asker.ceiling ?? "CLEAR",
    meets: ({ asker }) => asker.ceiling !== null,
  },
  {
    step: 8,
    reason: "SCOPE_MISSING",
    cap: "NONE",
    meets: ({ asker, field }) => {
      const needed = ["customers:read", SCOPES[field.column] ?? "customers:read"];
      return asker.isMachine && !needed.every((scope) => asker.scopes.includes(scope));
    },
  },
];
