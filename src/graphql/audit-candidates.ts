/** Somebody who could be in the team of an audit. */
export interface AuditCandidate {
  /** UUIDv7. */
  readonly id: string;
  readonly name: string;
  readonly organisationId: string;
  /** Organisations for which the person works. */
  readonly servedIds: readonly string[];
  /** Whether some role of the person lets audit. */
  readonly mayAudit: boolean;
  /** Whether some role lets the person do what is audited. */
  readonly isAudited: boolean;
}

/** Where people for audits are looked up. */
export interface AuditCandidates {
  /** By id, or by a name that only one has; null for who is nowhere, may not call, or works for others. */
  find(word: string): Promise<AuditCandidate | null>;
}
