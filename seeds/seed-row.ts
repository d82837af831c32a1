import {
  type CustomerEventRow,
  newCustomer,
  type NewCustomer,
  UNTOUCHED,
} from "../src/customers/customer-row.ts";
import type { AgesIn } from "../src/customers/age-limits.ts";
import { basisPurposesOf } from "../src/customers/customer-attributes.ts";
import type { Jurisdiction } from "../src/customers/customer.enums.ts";
import type { Columns } from "../src/customers/customer.sealing.ts";
import { DEMO_ORGANISATIONS } from "../src/identity/demo-organisations.ts";
import type { OrganisationKeys } from "../src/sealing/organisation-keys.ts";
import { EPOCH, SEED } from "./epoch.ts";
import { Random } from "./random.ts";
import type { SeedCustomer } from "./seed-customer.ts";

const DAY_MS = 86_400_000;

/**
 * The row of a customer of the demonstration, sealed for its controller.
 *
 * @param now UTC; ages are reckoned on it, everything else is fixed
 */
export function seedRow({
  customer,
  organisationKeys,
  now,
  agesIn,
}: {
  customer: SeedCustomer;
  organisationKeys: OrganisationKeys;
  now: Date;
  agesIn: AgesIn;
}): NewCustomer {
  const { id, record, importedAt, circumstances } = customer;
  const events = eventsOf(customer);
  const times = { created_at: importedAt, updated_at: events.at(-1)?.occurredAt ?? importedAt };
  if (circumstances.state === "DESTROYED") {
    return { id, columns: { ...tombstone(customer), ...times }, key: null, events };
  }
  const controller = organisationKeys.newest(DEMO_ORGANISATIONS[customer.organisation].id);
  const jurisdiction = customer.jurisdiction as Jurisdiction;
  const terms = { jurisdiction, now, source: "seed", agesIn };
  const row = newCustomer({ id, record, controller, ...terms });
  const columns = { ...row.columns, ...columnsOf(customer), ...times };
  return { ...row, columns, events };
}

/** What stays of a destroyed customer: whose it was and that it is gone (PIPL Art. 47). */
function tombstone(customer: SeedCustomer): Columns {
  return {
    ...UNTOUCHED,
    ...columnsOf(customer),
    controller_id: DEMO_ORGANISATIONS[customer.organisation].id,
    kind: customer.record.kind,
    jurisdiction: customer.jurisdiction,
    age_band: "UNKNOWN",
    guardian_consent: false,
    basis_purposes: [],
    marketing_allowed: false,
    marketing_consent: null,
    assigned_agent_ids: [],
    minor_approved_ids: [],
    case_codes: [],
    related_party_of: [],
    original_purposes: null,
    legal_hold: false,
    dispute_open: false,
    rights_request_open: false,
  };
}

function columnsOf({ circumstances }: SeedCustomer): Columns {
  const { former, marketing } = circumstances;
  return {
    state: circumstances.state,
    former_controller_ids: former.map((code) => DEMO_ORGANISATIONS[code].id),
    prospective_controller_ids: circumstances.prospective.map(
      (code) => DEMO_ORGANISATIONS[code].id,
    ),
    control_epoch: former.length + 1,
    legal_hold: circumstances.legalHold,
    dispute_open: circumstances.disputeOpen,
    rights_request_open: circumstances.rightsRequestOpen,
    assigned_agent_ids: circumstances.assignedAgentIds,
    minor_approved_ids: circumstances.minorApprovedIds,
    case_codes: circumstances.caseCodes,
    related_party_of: circumstances.relatedPartyOf,
    original_purposes: circumstances.originalPurposes,
    in_transfer: circumstances.inTransfer,
    ...(marketing === "WITHDRAWN" && {
      marketing_consent: "WITHDRAWN",
      basis_purposes: basisPurposesOf("WITHDRAWN"),
    }),
    ...(marketing === "OBJECTED" && { marketing_allowed: false }),
  };
}

/** What happened, a day apart and all before the epoch. */
function eventsOf({ record, circumstances, importedAt, stream }: SeedCustomer): CustomerEventRow[] {
  const random = new Random({ seed: SEED + 1, stream });
  const { state, marketing, former, disputeOpen } = circumstances;
  const isDestroyed = state === "DESTROYED";
  const happened: Pick<CustomerEventRow, "kind" | "changedFields">[] = [
    { kind: "IMPORTED", changedFields: isDestroyed ? [] : namesOfValues(record) },
  ];
  const add = (kind: string, ...changedFields: string[]): unknown =>
    happened.push({ kind, changedFields });
  if (!isDestroyed && record.marketingConsent === "GIVEN") add("CONSENT_GIVEN", "marketingConsent");
  if (marketing === "WITHDRAWN") add("CONSENT_WITHDRAWN", "marketingConsent");
  if (marketing === "OBJECTED") add("MARKETING_OBJECTED");
  for (const _ of former) add("CUSTODY_PASSED", "controller");
  if (disputeOpen && !isDestroyed) add("DISPUTE_OPENED", "disputeOpen");
  if (state !== "ACTIVE") add("STATE_CHANGED", "state");
  return happened.map((event, at) => {
    const occurredAt = new Date(Math.min(importedAt.getTime() + at * DAY_MS, EPOCH.getTime()));
    return { ...event, id: random.uuid(occurredAt), occurredAt, source: "seed" };
  });
}

function namesOfValues(record: SeedCustomer["record"]): string[] {
  const parts = new Set(["city", "district", "street", "province"]);
  return Object.entries(record).flatMap(([name, value]) =>
    value === null || parts.has(name) ? [] : [name],
  );
}
