import type { CustomerRecord } from "../src/customers/customer-record.ts";
import type { DemoOrganisationCode } from "../src/identity/demo-organisations.ts";
import { approvedFor, demoAgentsOf, otherAgentsOf } from "./agents.ts";
import type { Random } from "./random.ts";
import type { Circumstances } from "./seed-customer.ts";
import {
  cameBack,
  hasMoved,
  isRunning,
  type Membership,
  originalPurposesOf,
  prospectiveOf,
} from "./transfer-plan.ts";

/** Whoever was born before this day is of age at the epoch. */
const OF_AGE_BORN_BEFORE = "2008-11-01";

interface Subject {
  readonly random: Random;
  readonly organisation: DemoOrganisationCode;
  readonly record: CustomerRecord;
  readonly membership: Membership | null;
}

/** What happened to a made-up customer; the reasons of its place in a transfer come true. */
export function circumstancesOf(subject: Subject): Circumstances {
  const { random, organisation, record, membership } = subject;
  const reasons = membership?.reasons ?? [];
  const isMinor = record.birthDate !== null && record.birthDate >= OF_AGE_BORN_BEFORE;
  const disputeOpen = reasons.includes("DISPUTE_OPEN") || random.onceIn(50);
  const rightsRequestOpen = reasons.includes("RIGHTS_REQUEST_OPEN") || random.onceIn(100);
  return {
    state: stateOf(subject),
    former: formerOf(membership),
    legalHold: reasons.includes("LEGAL_HOLD") || random.onceIn(65),
    disputeOpen,
    rightsRequestOpen,
    marketing: record.marketingConsent === "GIVEN" ? afterConsent(random) : null,
    assignedAgentIds: agentsFor(random, organisation),
    minorApprovedIds: isMinor && random.onceIn(3) ? approvedFor(organisation) : [],
    caseCodes: casesOf({ random, organisation, disputeOpen, rightsRequestOpen }),
    relatedPartyOf: [],
    originalPurposes: originalPurposesOf(membership),
    inTransfer: membership !== null && isRunning(membership),
    prospective: prospectiveOf(membership),
  };
}

function stateOf({ random, record, membership }: Subject): Circumstances["state"] {
  if (membership !== null) return membership.reasons.includes("DECEASED") ? "DECEASED" : "ACTIVE";
  const state = random.weighted({
    ACTIVE: 935,
    RESTRICTED: 15,
    SEALED: 15,
    DECEASED: 15,
    DESTROYED: 20,
  });
  return state === "DECEASED" && record.kind === "ORGANISATION" ? "ACTIVE" : state;
}

function formerOf(membership: Membership | null): DemoOrganisationCode[] {
  if (membership === null) return [];
  if (cameBack(membership)) return ["transferor", "transferee"];
  return hasMoved(membership) ? ["transferor"] : [];
}

function afterConsent(random: Random): Circumstances["marketing"] {
  const then = random.weighted({ KEPT: 84, WITHDRAWN: 8, OBJECTED: 8 });
  return then === "KEPT" ? null : then;
}

function agentsFor(random: Random, organisation: DemoOrganisationCode): readonly string[] {
  if (random.onceIn(10)) return demoAgentsOf(organisation);
  const others = otherAgentsOf(organisation);
  return others.length > 0 && random.onceIn(3) ? [random.one(others)] : [];
}

function casesOf(about: {
  random: Random;
  organisation: DemoOrganisationCode;
  disputeOpen: boolean;
  rightsRequestOpen: boolean;
}): string[] {
  const { random, organisation, disputeOpen, rightsRequestOpen } = about;
  const codes = [];
  if (disputeOpen && random.onceIn(3)) codes.push("DISPUTE-2026-001");
  if (rightsRequestOpen && random.onceIn(3)) codes.push("RIGHTS-2026-001");
  if (organisation !== "transferor") return codes;
  if (random.onceIn(200)) codes.push("DISCLOSURE-2026-001");
  if (random.onceIn(20)) codes.push("ENGAGEMENT-2026-001");
  if (random.onceIn(50)) codes.push("INCIDENT-2026-001");
  return codes;
}
