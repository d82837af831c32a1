import type { Classification } from "../classification/classification.ts";

/** An elevation that a supposed caller has; times as RFC 3339. */
export interface SupposedElevation {
  readonly customerId: string;
  readonly fields: readonly string[];
  readonly from: string;
  readonly until: string;
}

/** A case of a court or an authority for which a supposed caller works. */
export interface SupposedDisclosureCase {
  readonly code: string;
  readonly fields: readonly string[];
  readonly jurisdiction: string;
  readonly approvalRef?: string | null | undefined;
  readonly state: string;
}

/** An audit in whose team a supposed caller is. */
export interface SupposedEngagement {
  readonly code: string;
  readonly state: string;
  /** Codes of the audited organisations; those for which the caller works where left out. */
  readonly organisations?: readonly string[] | null | undefined;
  /** The transfers to which it is limited; not limited to any where left out. */
  readonly transferIds?: readonly string[] | null | undefined;
  /** ISO 8601 days, both included. */
  readonly from: string;
  readonly to: string;
}

/** A caller who need not exist, by attributes. What is left out is absent or empty. */
export interface SupposedSubject {
  readonly id?: string | null | undefined;
  readonly roles: readonly string[];
  /** Codes of organisations, as in `serves`. */
  readonly organisation: string;
  readonly serves?: readonly string[] | null | undefined;
  readonly isClient: boolean;
  readonly scopes: readonly string[];
  readonly fieldCeiling?: string | null | undefined;
  readonly mfa: boolean;
  /** RFC 3339. */
  readonly trainingValidUntil?: string | null | undefined;
  readonly clearance?: Classification | null | undefined;
  readonly withinWorkingHours: boolean;
  readonly customerId?: string | null | undefined;
  readonly caseCodes: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly location?: string | null | undefined;
  readonly exportKeys: readonly string[];
  readonly elevations: readonly SupposedElevation[];
  readonly disclosureCases: readonly SupposedDisclosureCase[];
  readonly engagements: readonly SupposedEngagement[];
}

/** Who is asked about, with which purpose, and when: a principal or a supposed caller. */
export interface AskedCaller {
  /** Id of a principal, or a name that only one has. */
  readonly caller?: string | null | undefined;
  readonly subject?: SupposedSubject | null | undefined;
  /** With `caller`: whether they would come with a second factor. */
  readonly mfa: boolean;
  readonly purpose: string;
  /** RFC 3339; the time of the request where left out. */
  readonly at?: string | null | undefined;
}

/** The row in question: an existing one by id, or a supposed one by attributes. */
export interface AskedResource {
  /** Name of a guarded type. */
  readonly type: string;
  readonly id?: string | null | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | null | undefined;
}

/** What policy would decide, for whom, about which row. */
export interface AccessQuestion extends AskedCaller {
  readonly resource: AskedResource;
}
