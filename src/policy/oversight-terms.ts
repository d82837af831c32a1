import type { ENDS_WHEN_OVERDUE } from "./document-keys.ts";
import type { Verb } from "./rule.ts";

/** What holds for audits, whoever makes them. */
export interface AuditTerms {
  /** Audits of one organisation in a row that one firm may make. */
  readonly mostInARow: number;
  /** Who may do one of these is of the audited people, and in no team. */
  readonly neverWith: readonly Verb[];
  readonly source: string;
}

/** Two things that one person should not do. */
export interface ToxicPair {
  readonly id: string;
  readonly about: string;
  /** Who may do one of these … */
  readonly one: readonly Verb[];
  /** … may do none of these. */
  readonly other: readonly Verb[];
}

/** What holds when roles are reviewed. */
export interface ReviewTerms {
  /** Days from the opening on within which everything is decided. */
  readonly decideWithinDays: number;
  /** What ends by itself when it was not. */
  readonly endsWhenOverdue: (typeof ENDS_WHEN_OVERDUE)[number];
  readonly toxicPairs: readonly ToxicPair[];
  readonly source: string;
}
