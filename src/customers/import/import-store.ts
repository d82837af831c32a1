import type { CustomerRecord } from "../customer-record.ts";

/** What an import is known by: another file, owner or mapping is another import. */
export interface ImportKey {
  /** SHA-256 over file and mapping, hex. */
  readonly digest: string;
  readonly organisationId: string;
}

/** Rows by how they ended. */
export interface OutcomeCounts {
  readonly ACCEPTED: number;
  readonly UNCHANGED: number;
  readonly REJECTED: number;
}

/** How far an import has come; durable together with the rows it counts. */
export interface Checkpoint {
  /** When the import began, UTC: a resumed one reckons ages on the same day. */
  readonly startedAt: Date;
  /** Last row that is settled. */
  readonly row: number;
  readonly counts: OutcomeCounts;
  /** Length of the report up to that row; 0 without a report. */
  readonly reportBytes: number;
}

/**
 * What became of a record: CHANGED replaced the last import of that number, UNCHANGED equals it, and
 * NOT_WRITABLE is a customer that this organisation may not write: sealed, destroyed or handed over.
 */
export type WriteResult = "CREATED" | "CHANGED" | "UNCHANGED" | "NOT_WRITABLE";

/** The writes of one batch: durable together or not at all. */
export interface ImportTransaction {
  /** Results in the order of the records. */
  readonly write: (records: readonly CustomerRecord[]) => Promise<readonly WriteResult[]>;
  readonly saveCheckpoint: (checkpoint: Checkpoint) => Promise<void>;
}

/** Where an import goes to. */
export interface ImportStore {
  /** Where an interrupted import of this key stopped; null when there is none. */
  readonly interruptedAt: (key: ImportKey) => Promise<Checkpoint | null>;
  readonly inTransaction: <Result>(
    key: ImportKey,
    work: (transaction: ImportTransaction) => Promise<Result>,
  ) => Promise<Result>;
  /** Forgets the checkpoint of an import that reached the end of its file. */
  readonly finish: (key: ImportKey) => Promise<void>;
}
