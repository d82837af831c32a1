import type { Classification } from "../classification/classification.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type {
  CallerDisclosureCase,
  CallerElevation,
  CallerEngagement,
  CallerKind,
} from "./caller.ts";
import type { WorkingHours } from "./working-hours.ts";

/** An organisation, as far as identity needs it. */
export interface OrganisationReference {
  /** UUIDv7. */
  readonly id: string;
  readonly code: string;
}

/** A role that somebody was given for a time. */
export interface RoleAssignment {
  readonly role: string;
  /** First instant at which it holds. */
  readonly validFrom: Date;
  /** First instant at which it no longer holds; null when it has no end. */
  readonly validTo: Date | null;
}

/** A mechanism for crossing a border, as far as identity needs it. */
export interface MechanismReference {
  readonly controllerId: string;
  /** Jurisdictions (ISO 3166-1 alpha-2). */
  readonly from: string;
  readonly to: string;
  /** First instant at which it holds. */
  readonly validFrom: Date;
  /** First instant at which it no longer holds; null when it has no end. */
  readonly validTo: Date | null;
  /** When it was withdrawn; null when it was not. */
  readonly withdrawnAt: Date | null;
}

/** What the database knows of a principal: the upper bound of what its tokens may claim. */
export interface PrincipalRecord {
  /** UUIDv7. */
  readonly id: string;
  readonly kind: Exclude<CallerKind, "ANONYMOUS">;
  readonly name: string;
  /** `ACTIVE`, or a state in which the principal may not call. */
  readonly state: string;
  readonly organisation: OrganisationReference & {
    /** `ACTIVE`, or a state in which nobody of the organisation may call. */
    readonly state: string;
    /** Named as a financial organisation. */
    readonly financial: boolean;
    /** Operates Custodia for all the others. */
    readonly operator: boolean;
  };
  /** Organisations for which an outsider works; without any, the principal works for its own. */
  readonly serves: readonly OrganisationReference[];
  readonly roleAssignments: readonly RoleAssignment[];
  readonly scopes: readonly string[];
  readonly fieldCeiling: Disclosure | null;
  readonly trainingValidUntil: Date | null;
  readonly clearance: Classification | null;
  /** Null where the employer set none, and every hour is as good as any other. */
  readonly workingHours: WorkingHours | null;
  readonly customerId: string | null;
  /** Networks from which a client may call, in CIDR notation; a client without any may not call. */
  readonly allowedNetworks: readonly string[];
  readonly caseCodes: readonly string[];
  /** Where the principal works (ISO 3166-1 alpha-2); null where nobody says. */
  readonly location: string | null;
  /** What lets data cross borders to the principal's organisation, whether it holds now or not. */
  readonly mechanisms: readonly MechanismReference[];
  /** Elevations that run, and those that ended last. */
  readonly elevations: readonly CallerElevation[];
  /** Disclosure cases of the organisations it works for, among those that `caseCodes` names; in any state. */
  readonly disclosureCases: readonly CallerDisclosureCase[];
  /** Audits in whose team it is, of whichever organisations; none that is closed. */
  readonly engagements: readonly CallerEngagement[];
}

/** Where principals are looked up. */
export interface PrincipalDirectory {
  find(subject: { issuer: string; subject: string }): Promise<PrincipalRecord | null>;
}

/** Something that remembers what it was told, and can be told that it changed. */
export interface Forgetful {
  /** Nothing that was found out before this call is answered after it. */
  forget(): void;
}

/** A directory that can also be asked otherwise, for auditors who ask about somebody. */
export interface PrincipalRegister extends PrincipalDirectory, Forgetful {
  /** By id, or by a name that only one principal has. */
  findByIdOrName(word: string): Promise<PrincipalRecord | null>;
  /** Those who may call and work in or for one of the organisations, by id, after an id. */
  listOf(asked: {
    organisationIds: readonly string[];
    /** These only; all of them where left out. */
    ids?: readonly string[] | null;
    after: string | null;
    limit: number;
  }): Promise<PrincipalRecord[]>;
}

/** Where withdrawn tokens are looked up. */
export interface TokenRevocations {
  has(tokenId: string): Promise<boolean>;
}

/** Revocations that are remembered for a moment. */
export interface RevokedTokens extends TokenRevocations, Forgetful {}
