import type { Classification } from "../classification/classification.ts";
import type { Disclosure } from "../classification/disclosure.ts";

/** What kind of subject is calling. ANONYMOUS holds no role and is answered UNAUTHENTICATED. */
export type CallerKind = "PERSON" | "CLIENT" | "ANONYMOUS";

/** Fields of one customer that somebody else opened to the caller for a while. */
export interface CallerElevation {
  /** UUIDv7. */
  readonly id: string;
  /** UUIDv7 of the one customer about whom it is. */
  readonly customerId: string;
  /** Names of the customer's fields that it opens. */
  readonly fields: readonly string[];
  /** The one purpose for which it counts. */
  readonly purpose: string;
  /** First instant at which it holds: its approval (UTC). */
  readonly from: Date;
  /** First instant at which it no longer holds (UTC). */
  readonly until: Date;
  /** When somebody looked at what was done with it (UTC); null until then. */
  readonly reviewedAt: Date | null;
}

/** A court's or an authority's case for which the caller works: what may be handed over in it. */
export interface CallerDisclosureCase {
  readonly code: string;
  /** Names of the customer's fields that the case lists. */
  readonly fields: readonly string[];
  /** Where the authority sits, as a jurisdiction's code. */
  readonly jurisdiction: string;
  /** The competent authority's approval to answer a foreign one (PIPL Art. 41); null without one. */
  readonly approvalRef: string | null;
  /** State of the case, such as `APPROVED`. */
  readonly state: string;
}

/** An audit in whose team the caller is: what it may look at, and where it stands. */
export interface CallerEngagement {
  /** UUIDv7. */
  readonly id: string;
  readonly code: string;
  /** State of the audit, such as `FIELDWORK`. */
  readonly state: string;
  /** Audited organisations (UUIDv7) for which the caller works. */
  readonly organisationIds: readonly string[];
  /** Transfers (UUIDv7) to which it is limited; empty where it is not, and never read then. */
  readonly transferIds: readonly string[];
  /** Whether only what belongs to those transfers is audited. */
  readonly limitedToTransfers: boolean;
  /** First day of the audited time (`YYYY-MM-DD`, UTC). */
  readonly from: string;
  /** Last day of it. */
  readonly to: string;
}

/**
 * Who asks, with every attribute that a rule may read. Built once per request by `identity`,
 * frozen, never null: an unauthenticated request has the anonymous caller.
 *
 * A list that is empty means nothing: no roles, no purposes, no scopes, no organisations.
 */
export interface Caller {
  /** Principal id (UUIDv7); the empty string for the anonymous caller. */
  readonly id: string;
  readonly kind: CallerKind;
  /** Readable name of the principal, for `viewer.caller` and logs: never a customer's. */
  readonly name: string;
  /** Organisation of the principal (UUIDv7). */
  readonly organisationId: string;
  readonly organisationCode: string;
  /** True where the organisation of the principal is named as a financial one. */
  readonly organisationIsFinancial: boolean;
  /** True where the organisation of the principal operates Custodia for all the others. */
  readonly organisationIsOperator: boolean;
  /** Organisations for which the caller works: its own, or those an outsider's token names. */
  readonly servedOrganisationIds: readonly string[];
  /** Roles that the token claims and a valid role assignment confirms, sorted. */
  readonly roles: readonly string[];
  /** Purposes that the token carries, sorted. */
  readonly purposes: readonly string[];
  /** The purpose of this request; null when the token has several and the request chose none. */
  readonly purpose: string | null;
  /** Token scopes such as `customers:read`; people's tokens carry none and need none. */
  readonly scopes: readonly string[];
  /** Highest disclosure that the token allows; null when it sets no ceiling. */
  readonly fieldCeiling: Disclosure | null;
  /** True when the authentication methods of the token include a second factor (RFC 8176 `mfa`). */
  readonly mfa: boolean;
  /** When the token's bearer last signed in (`auth_time`, UTC); null where the token doesn't tell. */
  readonly authenticatedAt: Date | null;
  /** End of the last passed training (UTC); null when there is none. */
  readonly trainingValidUntil: Date | null;
  /** Highest class of fields for which the employer cleared the caller; null where it cleared for none. */
  readonly clearance: Classification | null;
  /** False outside the hours that the employer set; true where it set none. */
  readonly withinWorkingHours: boolean;
  /** The customer that a data subject is; null for everybody else. */
  readonly customerId: string | null;
  /** How the decision log names that customer; null, or left out, for everybody else. */
  readonly customerReference?: string | null;
  /** Cases (disclosure, dispute, incident, engagement) in which the caller works, as their codes. */
  readonly caseCodes: readonly string[];
  /** Elevations of the caller that run, or that ended and still matter; of any purpose and customer. */
  readonly elevations: readonly CallerElevation[];
  /** Disclosure cases for which the caller works, in any state. */
  readonly disclosureCases: readonly CallerDisclosureCase[];
  /** Audits in whose team the caller is, in any state but CLOSED. */
  readonly engagements: readonly CallerEngagement[];
  /**
   * Where the caller is (ISO 3166-1 alpha-2), as the token or else the record says; never reckoned
   * from an address. Null counts as outside everywhere.
   */
  readonly location: string | null;
  /** Laws and controllers (`CN/<id>`) whose data a mechanism lets cross the border to that place. */
  readonly exportKeys: readonly string[];
  /** Token id (`jti`), for the decision log and revocation. */
  readonly tokenId: string;
}
