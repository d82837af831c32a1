import type { PolicyFile } from "../policy/document.ts";
import type { PolicyReport } from "../policy/policy-report.ts";

/** The states of a policy version, in the order in which it goes through them. */
export const POLICY_STATES = ["DRAFT", "TESTED", "APPROVED", "ACTIVE", "RETIRED"] as const;

/** One of them. */
export type PolicyState = (typeof POLICY_STATES)[number];

/** What can be done to a version. INSTALLED: the program stored its own documents. */
export const POLICY_STEPS = [
  "INSTALLED",
  "SUBMITTED",
  "TESTED",
  "TEST_FAILED",
  "APPROVED",
  "ACTIVATED",
  "RETIRED",
] as const;

/** One of them. */
export type PolicyStepName = (typeof POLICY_STEPS)[number];

/** A principal who did something. */
export interface PolicyActor {
  readonly id: string;
  readonly name: string;
}

/** One thing that was done to a version; kept for ever. */
export interface PolicyStep {
  readonly digest: string;
  readonly step: PolicyStepName;
  /** What the version became by it. */
  readonly state: PolicyState;
  readonly version: number;
  readonly at: Date;
  /** Null where the program did it by itself. */
  readonly by: PolicyActor | null;
  readonly via: "API" | "COMMAND" | "START";
  readonly note: string | null;
}

/** A stored version of the policy. */
export interface PolicyVersionRecord {
  /** SHA-256 of the documents, hexadecimal: the policy version of every answer. */
  readonly digest: string;
  readonly documents: readonly PolicyFile[];
  /** Decision tables of its test; null for those of the product. */
  readonly cases: readonly PolicyFile[] | null;
  readonly note: string | null;
  readonly state: PolicyState;
  /** Counts the steps, for optimistic locking. */
  readonly version: number;
  readonly report: PolicyReport | null;
  /** Null where the program installed its own documents. */
  readonly author: PolicyActor | null;
  readonly createdAt: Date;
  readonly approver: PolicyActor | null;
  readonly approvedAt: Date | null;
  /** When it was last made ACTIVE; null for one that never was. */
  readonly activatedAt: Date | null;
  readonly retiredAt: Date | null;
}
