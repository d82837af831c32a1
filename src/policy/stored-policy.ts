import type { PolicyFile } from "./document.ts";
import type { Policy } from "./rule.ts";

/** A policy that is kept with the documents that it was made of. */
export interface StoredPolicy {
  readonly policy: Policy;
  readonly documents: readonly PolicyFile[];
  /** Whether somebody beside its author stood up for it, or it came with the program. */
  readonly isApproved: boolean;
}

/** Where kept policies are found, by their version. */
export interface PolicyShelf {
  find(version: string): Promise<StoredPolicy | null>;
}
