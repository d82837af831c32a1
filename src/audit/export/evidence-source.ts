import type { LeafRange } from "../tree/ranges.ts";
import type { RecordStretch } from "./part.ts";

/** A sealed record as a bundle holds it. */
export interface SealedRecord {
  readonly treeIndex: number;
  /** When it was sealed (UTC). */
  readonly sealedAt: Date;
  /** The canonical text; its bytes are the leaf. */
  readonly body: string;
}

/** A file of a version of the policy. */
export interface KeptPolicyFile {
  readonly name: string;
  readonly text: string;
}

/**
 * What bundles are made from, within one frozen scope. It reads in batches, so that no bundle is ever
 * in memory. All may throw SERVICE_UNAVAILABLE.
 */
export interface EvidenceSource {
  /** How many records of a stretch of the tree are kept, in the scope or not. */
  countKept(range: LeafRange): Promise<number>;
  /** The records of a stretch of the tree that are in the scope, in the order of the tree. */
  scan(range: LeafRange): AsyncIterable<readonly SealedRecord[]>;
  /** Records that were found in the scope before, in the order of the tree. */
  reread(stretch: Pick<RecordStretch, "runs" | "sealed">): AsyncIterable<readonly SealedRecord[]>;
  /** Texts of callers' states, by digest. */
  callers(digests: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The documents of a version of the policy, by name; null where the version is not kept. */
  policy(version: string): Promise<readonly KeptPolicyFile[] | null>;
}
