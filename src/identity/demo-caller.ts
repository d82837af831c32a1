import type { Classification } from "../classification/classification.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { CallerKind } from "./caller.ts";
import type { DemoOrganisationCode } from "./demo-organisations.ts";
import type { WorkingHours } from "./working-hours.ts";

/** A caller of the demonstration: what its principal's record and its token say. */
export interface DemoCaller {
  /** Name on the command line. */
  readonly name: string;
  /** What the caller is for, in one sentence. */
  readonly about: string;
  /** Principal id (UUIDv7), the same in every database; also the `sub` of its tokens. */
  readonly id: string;
  readonly kind: Exclude<CallerKind, "ANONYMOUS">;
  readonly organisation: DemoOrganisationCode;
  readonly serves: readonly DemoOrganisationCode[];
  readonly roles: readonly string[];
  readonly purposes: readonly string[];
  readonly scopes: readonly string[];
  readonly fieldCeiling: Disclosure | null;
  readonly mfa: boolean;
  readonly trainingValidUntil: Date | null;
  readonly clearance: Classification | null;
  readonly workingHours: WorkingHours | null;
  readonly customerId: string | null;
  /** Networks from which a client may call, in CIDR notation. */
  readonly allowedNetworks: readonly string[];
  readonly caseCodes: readonly string[];
  /** Fields to which the token narrows those of the cases; empty for all of them. */
  readonly caseFields: readonly string[];
  /** Where the caller works (ISO 3166-1 alpha-2). */
  readonly location: string | null;
}
