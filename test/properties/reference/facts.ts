import type { Level } from "./levels.ts";

/** What is known of who asks. */
export interface AskerFacts {
  readonly name: string;
  readonly id: string;
  readonly roles: readonly string[];
  readonly purpose: string;
  readonly organisation: string;
  readonly serves: readonly string[];
  readonly isMachine: boolean;
  readonly isOfFinance: boolean;
  readonly clearance: string | null;
  readonly isAtWork: boolean;
  readonly hasSecondFactor: boolean;
  readonly isTrained: boolean;
  readonly scopes: readonly string[];
  readonly ceiling: Level | null;
  readonly customer: string | null;
  readonly cases: readonly string[];
  /** Those of the cases in which an authority's order names customers. */
  readonly orders: readonly string[];
  /** Audits in which the asker may look at records. */
  readonly audits: readonly AuditFacts[];
  readonly listedFields: readonly string[];
  readonly place: string | null;
  /** Mechanisms that hold, each as `CN of <controller> to DE`. */
  readonly mechanisms: readonly string[];
}

/** What an audit is about. */
export interface AuditFacts {
  readonly organisations: readonly string[];
  /** Null where it is not limited to transfers. */
  readonly transfers: readonly string[] | null;
}

/** What is known of a customer, as far as anybody's right to read depends on it. */
export interface CustomerFacts {
  readonly id: string;
  readonly controller: string;
  readonly law: string;
  readonly formers: readonly string[];
  readonly state: string;
  readonly age: string;
  readonly guardianAgreed: boolean;
  readonly approvedFor: readonly string[];
  readonly bases: readonly string[];
  readonly wantsMarketing: boolean;
  readonly inDispute: boolean;
  readonly hasRightsRequest: boolean;
  readonly onHold: boolean;
  readonly inTransfer: boolean;
  readonly cases: readonly string[];
  /** Transfers in which the customer has or had a place. */
  readonly transfers: readonly string[];
  readonly agents: readonly string[];
  readonly relatives: readonly string[];
  /** What it was collected for by somebody else; null where the controller collected it. */
  readonly collectedFor: readonly string[] | null;
}

/** A transfer, or a customer's place in one. */
export interface PartyFacts {
  readonly transferor: string;
  readonly transferee: string;
  readonly transfer: string;
}
