import type { CustomerRecord } from "../src/customers/customer-record.ts";
import type { DemoOrganisationCode } from "../src/identity/demo-organisations.ts";

/** What happened to a customer beside what the ledger says. */
export interface Circumstances {
  readonly state: "ACTIVE" | "RESTRICTED" | "SEALED" | "DECEASED" | "DESTROYED";
  /** Organisations that answered for the customer before, oldest first. */
  readonly former: readonly DemoOrganisationCode[];
  readonly legalHold: boolean;
  readonly disputeOpen: boolean;
  readonly rightsRequestOpen: boolean;
  /** What became of a consent to marketing that the record states; null where nothing did. */
  readonly marketing: "WITHDRAWN" | "OBJECTED" | null;
  readonly assignedAgentIds: readonly string[];
  readonly minorApprovedIds: readonly string[];
  readonly caseCodes: readonly string[];
  /** Principals who are related to the customer. */
  readonly relatedPartyOf: readonly string[];
  /** What the record was collected for; null with the organisation that collected it. */
  readonly originalPurposes: readonly string[] | null;
  readonly inTransfer: boolean;
  /** Organisations to which a running transfer would give the customer. */
  readonly prospective: readonly DemoOrganisationCode[];
}

/** A customer of the demonstration, before anything is sealed. */
export interface SeedCustomer {
  readonly id: string;
  readonly organisation: DemoOrganisationCode;
  readonly jurisdiction: "CN" | "DE" | "SG";
  readonly record: CustomerRecord;
  readonly circumstances: Circumstances;
  /** When the record came here. */
  readonly importedAt: Date;
  /** Stream of draws for what belongs to this customer. */
  readonly stream: number;
}
