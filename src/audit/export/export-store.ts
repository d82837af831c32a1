import type { KeptPart, Part, PartContent } from "./part.ts";

/** Where an export stands. */
export type ExportState = "PREPARING" | "READY" | "FAILED" | "EXPIRED";

/** What somebody asked for, as it was then. Every byte of the bundle follows from it. */
export interface FrozenExport {
  readonly id: string;
  readonly engagementId: string;
  readonly requesterId: string;
  readonly requestedBy: string;
  readonly purpose: string;
  readonly policyVersion: string;
  /** The filter as JSON; null for everything within the audit. */
  readonly askedFilter: string | null;
  /** The row condition and the filter, as `freezeScope` wrote them. */
  readonly scope: string;
  /** What the scope says in words and ids, for the manifest. */
  readonly told: Readonly<Record<string, unknown>>;
  readonly treeSize: number;
  /** Signed note of the tree of that size. */
  readonly checkpoint: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** A frozen export and how far it is. */
export interface StandingExport extends FrozenExport {
  readonly state: ExportState;
  /** Where gathering goes on: every record before lies in a part, or is not in the scope. */
  readonly resumeAt: number;
  readonly records: number;
  /** Size of the bundle; until it is ready what is known of it so far. */
  readonly bytes: number;
  /** SHA-256 of the manifest in hexadecimal; null until it is ready. */
  readonly digest: string | null;
}

/** What a worker has done since it was last heard of. */
export interface Advance {
  readonly id: string;
  readonly worker: string;
  /** Records of the tree that were looked at. */
  readonly lookedAt: number;
  readonly resumeAt: number;
  /** Parts that are done, and how many records and bytes are in them. */
  readonly parts: readonly Part[];
  readonly records: number;
}

/** The end of the preparation. */
export interface Finish {
  readonly id: string;
  readonly worker: string;
  readonly parts: readonly Part[];
  /** Length of the whole bundle. */
  readonly bytes: number;
  readonly digest: string;
  readonly readyAt: Date;
}

/** Keeps exports. All may throw SERVICE_UNAVAILABLE. */
export interface ExportStore {
  /** Takes an export that waits, or whose worker is not heard of any more; null where there is none. */
  claim(worker: string): Promise<StandingExport | null>;
  /** Writes progress down and stays in charge; false for a worker that is not in charge any more. */
  advance(done: Advance): Promise<boolean>;
  /** False for a worker that is not in charge any more. */
  finish(done: Finish): Promise<boolean>;
  /** The bundle can't be made. */
  fail(of: { id: string; worker: string }): Promise<void>;
  /** Gives an unfinished export up, for another worker to take at once. */
  release(of: { id: string; worker: string }): Promise<void>;
  find(id: string): Promise<StandingExport | null>;
  /** Parts in the order in which they were added. */
  partsOf(id: string): Promise<KeptPart[]>;
  /** What a part is made from; null where it is kept no more. */
  contentOf(id: string, place: number): Promise<PartContent | null>;
  /** Sizes of the trees of earlier exports in the same audit, ascending, the newest ones. */
  earlierSizes(of: Pick<FrozenExport, "id" | "engagementId">): Promise<number[]>;
  /** Notes how far into the bundle somebody has got. */
  noteDelivery(of: { id: string; upTo: number; at: Date }): Promise<void>;
  /** Ends what has expired, and forgets its parts. */
  expire(now: Date): Promise<void>;
}
