import { publicError } from "../errors.ts";

/** Who does something. */
export interface Actor {
  readonly id: string;
  readonly name: string;
}

/** What policy and law say of reviews. */
export interface ReviewConditions {
  readonly decideWithinDays: number;
  readonly endsWhenOverdue: string;
  /** Roles that are used before this are dormant; null where no law says when one is. */
  readonly dormantBefore: Date | null;
  /** Roles that are not reviewed, such as that of persons who read their own record. */
  readonly exceptRoles: readonly string[];
  /** Pairs that a role is part of, beside the other roles of the same person. */
  readonly toxicPairsOf: (role: string, roles: readonly string[]) => readonly string[];
}

/** A role that somebody has. */
export interface RoleGrant {
  readonly assignmentId: string;
  readonly holderId: string;
  readonly holder: string;
  readonly role: string;
  readonly grantedBy: string | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  /** To the hour; null where nobody called with it since it was given. */
  readonly lastUsedAt: Date | null;
}

/** The same with what is to be noticed of it. */
export interface JudgedGrant extends RoleGrant {
  readonly dormant: boolean;
  readonly toxicPairs: readonly string[];
}

/** What of an item decides what may be done with it. */
export interface ItemStatus {
  readonly holderId: string;
  readonly outcome: string | null;
  readonly dormant: boolean;
  readonly toxicPairs: readonly string[] | null;
}

/** What somebody decided. */
export interface Decided {
  readonly outcome: "KEEP" | "REVOKE";
  readonly note: string | null;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The instant so many days after another. */
export function daysAfter(from: Date, days: number): Date {
  return new Date(from.getTime() + days * DAY_MS);
}

/** What is to be noticed of each of some roles: how long nobody used it, and what it is beside others. */
export function judged(
  grants: readonly RoleGrant[],
  { dormantBefore, toxicPairsOf }: Pick<ReviewConditions, "dormantBefore" | "toxicPairsOf">,
): JudgedGrant[] {
  const rolesOf = Map.groupBy(grants, ({ holderId }) => holderId);
  return grants.map((grant) => ({
    ...grant,
    dormant: dormantBefore !== null && (grant.lastUsedAt ?? grant.validFrom) < dormantBefore,
    toxicPairs: toxicPairsOf(
      grant.role,
      (rolesOf.get(grant.holderId) ?? []).map(({ role }) => role),
    ),
  }));
}

/** @throws FOUR_EYES_REQUIRED for the own role */
export function expectAnother({ holderId }: ItemStatus, actor: Actor): void {
  if (holderId === actor.id) throw publicError("FOUR_EYES_REQUIRED");
}

/**
 * Whether it may be decided so about a role.
 *
 * @throws INVALID_STATE where it is decided already
 * @throws REASON_REQUIRED where a role ends, or one is kept that nobody uses or that is toxic
 */
export function expectDecidable(item: ItemStatus, decided: Decided): void {
  if (item.outcome !== null) throw publicError("INVALID_STATE", { state: item.outcome });
  const isNoticed = item.dormant || (item.toxicPairs ?? []).length > 0;
  if (decided.note === null && (decided.outcome === "REVOKE" || isNoticed))
    throw publicError("REASON_REQUIRED", { field: "note" });
}
