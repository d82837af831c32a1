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
 * What becomes of a record: CHANGED replaces the last import of that number, UNCHANGED equals it, and
 * NOT_WRITABLE is a customer that this organisation may not write: sealed, destroyed or handed over.
 */
export type WriteResult = "CREATED" | "CHANGED" | "UNCHANGED" | "NOT_WRITABLE";

/** A record that a ledger brings. */
export interface LedgerRecord {
  readonly record: CustomerRecord;
  /** The same record as one text. */
  readonly canonical: string;
}

/** Records compared with what is stored, and sealed: ready to be written. */
export interface PreparedBatch {
  /** In the order of the records. */
  readonly results: readonly WriteResult[];
  /**
   * Writes the batch and its checkpoint (null: none is kept), durable together or not at all.
   * Throws an ImportConflict when the customers are no longer as they were compared.
   */
  readonly commit: (checkpoint: Checkpoint | null) => Promise<void>;
}

/** Where an import goes to. */
export interface ImportStore {
  /** Where an interrupted import of this key stopped; null when there is none. */
  readonly interruptedAt: (key: ImportKey) => Promise<Checkpoint | null>;
  /** May run while batches before commit: one file never brings a customer number twice. */
  readonly prepare: (key: ImportKey, records: readonly LedgerRecord[]) => Promise<PreparedBatch>;
  /** Batches that are worth preparing while one before them commits. */
  readonly batchesAhead: number;
  /** Ends an import that came to the end of its file: it has no checkpoint to go on from. */
  readonly finish: (key: ImportKey) => Promise<void>;
  /** Gives back what the store holds beside its database. */
  readonly close: () => Promise<void>;
}

/** Somebody else wrote the same customers between comparing and committing. Nothing was written. */
export class ImportConflict extends Error {
  override readonly name = "ImportConflict";
}
