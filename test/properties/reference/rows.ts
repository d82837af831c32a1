import type { AskerFacts, CustomerFacts, PartyFacts } from "./facts.ts";

/** Why a row is not there for somebody; null where it is. */
export type Absence = "NOT_FOUND" | "GONE" | null;

const STAFF_OF_A_LEDGER = [
  "CS_AGENT",
  "SALES_ANALYST",
  "DATA_STEWARD",
  "COMPLIANCE_OFFICER",
  "INTERNAL_AUDITOR",
];
const WORK_ON_A_LEDGER = [
  "SERVICE_DELIVERY",
  "CUSTOMER_CARE",
  "MARKETING",
  "ANALYTICS",
  "DATA_QUALITY",
  "RIGHTS_REQUEST",
  "DISPUTE_HANDLING",
  "COMPLIANCE_AUDIT",
  "LEGAL_RETENTION",
];
const PARTIES = [
  "TRANSFER_MANAGER",
  "DATA_STEWARD",
  "COMPLIANCE_OFFICER",
  "LEGAL_COUNSEL",
  "INTERNAL_AUDITOR",
];
const OUTSIDERS_IN_TRANSFERS = ["PARTNER_SYSTEM", "BANKRUPTCY_ADMIN"];
const CUSTODY_HAS_PASSED = ["CUT_OVER", "VERIFIED", "SOURCE_SEALED", "SOURCE_DESTROYED"];

/** Row scope and state (domain 4.3, steps 2 and 3): whether a customer is there for the asker. */
export function absenceOf(asker: AskerFacts, customer: CustomerFacts): Absence {
  if (!isInScope(asker, customer)) return "NOT_FOUND";
  if (customer.state === "SEALED" && !readsTheSealed(asker)) return "NOT_FOUND";
  return customer.state === "DESTROYED" ? "GONE" : null;
}

function isInScope(asker: AskerFacts, customer: CustomerFacts): boolean {
  const { controller, formers, inTransfer } = customer;
  const isOwn = controller === asker.organisation;
  const isInCase = customer.cases.some((code) => asker.cases.includes(code));
  const isServed = asker.serves.includes(controller);
  const works = (roles: readonly string[], purposes: readonly string[]): boolean =>
    roles.some((role) => asker.roles.includes(role)) && purposes.includes(asker.purpose);
  return (
    (works(STAFF_OF_A_LEDGER, WORK_ON_A_LEDGER) && isOwn) ||
    (works(["TRANSFER_MANAGER", "DATA_STEWARD"], ["TRANSFER_EXECUTION"]) && isOwn && inTransfer) ||
    // After custody has passed, only who answers for retention and disputes (domain 3.6).
    (works(["COMPLIANCE_OFFICER", "LEGAL_COUNSEL"], ["LEGAL_RETENTION", "DISPUTE_HANDLING"]) &&
      formers.includes(asker.organisation)) ||
    (works(["LEGAL_COUNSEL"], ["DISPUTE_HANDLING"]) &&
      isOwn &&
      (customer.inDispute || customer.onHold)) ||
    // Only financial organisations have duties against money laundering (AML Law Art. 34).
    (works(["COMPLIANCE_OFFICER"], ["RISK_AML"]) && isOwn && asker.isOfFinance) ||
    (works(["PARTNER_SYSTEM"], ["SERVICE_DELIVERY"]) && isServed) ||
    // An audit is about organisations, and perhaps about some transfers alone.
    (works(["EXTERNAL_AUDITOR"], ["COMPLIANCE_AUDIT"]) &&
      isAudited(asker, [controller], customer.transfers)) ||
    // An incident names whom it is about.
    (works(["SECURITY_RESPONDER"], ["INCIDENT_RESPONSE"]) && isServed && isInCase) ||
    (works(["BANKRUPTCY_ADMIN"], ["TRANSFER_EXECUTION"]) && isServed && inTransfer) ||
    (works(["GOV_LIAISON"], ["LEGAL_DISCLOSURE"]) &&
      isServed &&
      customer.cases.some((code) => asker.orders.includes(code))) ||
    (works(["DATA_SUBJECT"], ["SELF_ACCESS"]) && customer.id === asker.customer)
  );
}

function isAudited(
  { audits }: AskerFacts,
  organisations: readonly string[],
  transfers: readonly string[],
): boolean {
  return audits.some(
    (audit) =>
      organisations.some((one) => audit.organisations.includes(one)) &&
      (audit.transfers === null || transfers.some((one) => audit.transfers?.includes(one))),
  );
}

/** A statute has the record kept (PIPL Art. 47): for who keeps it and for an authority. */
function readsTheSealed({ roles, purpose }: AskerFacts): boolean {
  return (
    (roles.includes("COMPLIANCE_OFFICER") && purpose === "LEGAL_RETENTION") ||
    (roles.includes("GOV_LIAISON") && purpose === "LEGAL_DISCLOSURE")
  );
}

/** Both sides see their transfers. */
export function seesTransfer(asker: AskerFacts, transfer: PartyFacts): boolean {
  const { transferor, transferee } = transfer;
  return isParty(asker, [transferor, transferee], transfer.transfer);
}

/** The receiving side sees a customer's place only once custody has passed (PIPL Art. 23). */
export function seesItem(
  asker: AskerFacts,
  item: PartyFacts & { readonly state: string },
): boolean {
  const isReceiver =
    PARTIES.some((role) => asker.roles.includes(role)) && item.transferee === asker.organisation;
  return (
    isParty(asker, [item.transferor], item.transfer) ||
    (isReceiver && CUSTODY_HAS_PASSED.includes(item.state))
  );
}

function isParty(asker: AskerFacts, organisations: readonly string[], transfer: string): boolean {
  const isServed = organisations.some((one) => asker.serves.includes(one));
  const holds = (roles: readonly string[]): boolean =>
    roles.some((role) => asker.roles.includes(role));
  return (
    (holds(PARTIES) && organisations.includes(asker.organisation)) ||
    (holds(OUTSIDERS_IN_TRANSFERS) && isServed) ||
    // An auditor from outside sees what belongs to the audit (decision 28 of the domain).
    (holds(["EXTERNAL_AUDITOR"]) && isAudited(asker, organisations, [transfer]))
  );
}
