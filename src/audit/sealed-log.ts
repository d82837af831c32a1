import type { WrappedLogKey } from "../sealing/log-key.ts";
import type { DecisionColumns } from "./decision-columns.ts";
import type { SignedHead } from "./log-proofs.ts";
import type { TreeHead } from "./tree/append.ts";
import type { Tile, TileSource } from "./tree/tile.ts";

/** A record that is durable and has no place in the tree yet. */
export interface WaitingRecord {
  readonly id: string;
  /** Exactly these characters, in UTF-8, become a leaf. */
  readonly text: string;
  /** By the database's clock (UTC). */
  readonly receivedAt: Date;
}

/** Records that are taken to be sealed, in the order in which they come to stand. */
export interface TakenRecords {
  readonly leaves: readonly { readonly id: string; readonly leaf: Uint8Array }[];
  /** Those of them that came without columns, or are taken without: their texts say what they are searched by. */
  readonly unread: readonly WaitingRecord[];
}

/** Records with the places that they get. */
export interface PlacedRecords {
  readonly firstIndex: number;
  readonly ids: readonly string[];
  /** Columns of those that came without; all others keep what they came with. */
  readonly read: readonly DecisionColumns[];
}

/** A key of the log as it is stored. */
export interface StoredLogKey extends WrappedLogKey {
  readonly id: string;
  readonly state: "ACTIVE" | "RETIRED";
  readonly validFrom: Date;
  /** First instant at which it no longer signs; null while it does. */
  readonly validTo: Date | null;
}

/** Everything that one sealing adds. */
export interface Sealing {
  readonly records: PlacedRecords;
  readonly tiles: readonly Tile[];
  readonly head: TreeHead;
  /** C2SP signed note of the head. */
  readonly note: string;
}

/** How many records are taken, and how. */
export interface TakeWanted {
  readonly most: number;
  /** True where the columns that records came with are left aside, and all texts are read. */
  readonly isReading: boolean;
}

/** A transaction that holds the head of the log: while it lasts, nobody else appends. */
export interface SealingTransaction {
  readonly origin: string;
  readonly head: TreeHead;
  /** Time of this sealing (UTC, milliseconds): the database's clock, and never before the last one. */
  readonly sealedAt: Date;
  /** The last head that was signed; null while none was. */
  readonly lastSigned: SignedHead | null;
  /** Keys of the log, of which one is ACTIVE. */
  readonly keys: readonly StoredLogKey[];
  readonly tiles: TileSource;
  /** Records that wait, the oldest first; those that are sealed already are left out and forgotten. */
  take(wanted: TakeWanted): Promise<TakenRecords>;
  /** Moves the records into the log and makes the head the newest one. */
  write(sealing: Sealing): Promise<void>;
}

/** The stored log, as the sealer works with it. */
export interface SealedLog {
  /** Whether any record waits. */
  hasWaiting(): Promise<boolean>;
  /**
   * Does the work with the head locked: all of it or nothing.
   *
   * @throws RecordsRefusedError when the records can't be stored with these columns
   */
  withHead<Result>(work: (transaction: SealingTransaction) => Promise<Result>): Promise<Result>;
}

/** Who seals: held for a time, and taken over when that is over. */
export interface SealingLease {
  /** Takes or keeps it. @returns whether it is held now */
  take(): Promise<boolean>;
  /** Gives it back, so that another takes it at once. */
  release(): Promise<void>;
}

/** The database can't store these records with these columns; another split of them may do. */
export class RecordsRefusedError extends Error {
  override readonly name = "RecordsRefusedError";
}
