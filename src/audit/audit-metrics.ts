/** What is measured of the decision log, for whoever watches over it. Times are seconds. */
export interface AuditMetrics {
  /** Records were sealed in one transaction. */
  sealed(batch: { records: number; seconds: number; treeSize: number; at: Date }): void;
  /** Whether this node seals. */
  setLeader(isLeader: boolean): void;
  /** The log was found damaged, and is not sealed any further. */
  setHalted(isHalted: boolean): void;
  /** A sealing failed, and will be tried again. */
  sealingFailed(): void;
  /** Records whose text could not be read were sealed as they are. */
  unreadable(records: number): void;
  /** A checkpoint could not be handed to who keeps it: a file, a URL or a witness. */
  publishingFailed(kind: PublishingKind): void;
  /** A checkpoint of this size was handed on. */
  published(kind: PublishingKind, treeSize: number): void;
  /** Characters of records that the writer of this node holds and that are not durable yet. */
  setWriterBacklog(characters: number): void;
  /** The writer made a group of records durable. */
  observeCommit(group: { records: number; seconds: number }): void;
  /** The writer could not make records durable. */
  commitFailed(): void;
}

/** To whom checkpoints are handed. */
export type PublishingKind = "file" | "url" | "witness";

const nothing = (): void => undefined;

/** For programs that nobody watches. */
export const UNMEASURED: AuditMetrics = {
  sealed: nothing,
  setLeader: nothing,
  setHalted: nothing,
  sealingFailed: nothing,
  unreadable: nothing,
  publishingFailed: nothing,
  published: nothing,
  setWriterBacklog: nothing,
  observeCommit: nothing,
  commitFailed: nothing,
};
