import { invariant } from "../lib/invariant.ts";
import { headSignedIn, requireGrowth, requireSignedHead } from "./log-integrity.ts";
import { type NoteSigners, verifierOf } from "./note-signers.ts";
import { signCheckpoint } from "./notes/sign-note.ts";
import { bareColumns, readableColumns } from "./readable-columns.ts";
import type { SealingTransaction } from "./sealed-log.ts";
import { appendLeaves, type TreeHead } from "./tree/append.ts";
import { sourceWith } from "./tree-overlay.ts";

/** What one sealing came to. */
export interface SealedBatch {
  /** The newest head, also where nothing was sealed. */
  readonly head: TreeHead;
  readonly sealedAt: Date;
  readonly records: number;
  readonly unreadable: readonly string[];
}

/**
 * Seals what waits, in the transaction that holds the head: orders it, appends it to the tree, signs
 * the new head. Signs nothing unless the tree that is stored is the one that was signed last, and the
 * new one begins with it.
 *
 * @param seen the newest head that this node knows of, signed by itself or another
 * @param recalled a checkpoint of this log that is kept elsewhere, where nothing was seen yet
 * @throws INTERNAL_SERVER_ERROR as a `SealedLogDamagedError` or `TreeDamagedError`
 */
export async function sealBatch(request: {
  transaction: SealingTransaction;
  signers: NoteSigners;
  seen: TreeHead | null;
  recalled: string | null;
  most: number;
  /** Reads the columns out of the texts, where records can't be stored with those that they came with. */
  isReading: boolean;
  /** Leaves out the columns, where records can't be stored with them. */
  isBare: boolean;
}): Promise<SealedBatch> {
  const { transaction, signers, recalled, most, isReading, isBare } = request;
  const { head, origin, tiles: source, keys, sealedAt } = transaction;
  const verifiers = keys.map(verifierOf);
  requireSignedHead(transaction, verifiers);
  const seen =
    request.seen ??
    (recalled === null ? null : headSignedIn(recalled, { origin, keys: verifiers }));
  if (seen !== null) await requireGrowth({ source, from: seen, to: head });

  const { leaves: taken, unread } = await transaction.take({ most, isReading });
  if (taken.length === 0) return { head, sealedAt, records: 0, unreadable: [] };
  const leaves = taken.map(({ leaf }) => leaf);
  const { tiles, ...grown } = await appendLeaves({ source, tree: head, leaves });
  await requireGrowth({ source: sourceWith(source, tiles), from: head, to: grown });

  const active = keys.find(({ state }) => state === "ACTIVE");
  invariant(active !== undefined, "The log has a key that signs");
  const signer = await signers.signerFor(active);
  const checkpoint = { origin, size: grown.size, root: grown.root, extensions: [] };
  const read = unread.map((record) =>
    isBare ? { columns: bareColumns(record), isReadable: false } : readableColumns(record),
  );
  await transaction.write({
    records: {
      firstIndex: head.size,
      ids: taken.map(({ id }) => id),
      read: read.map(({ columns }) => columns),
    },
    tiles,
    head: grown,
    note: signCheckpoint({ checkpoint, signers: [signer] }),
  });
  const unreadable = read.flatMap(({ isReadable, columns }) => (isReadable ? [] : [columns.id]));
  return { head: grown, sealedAt, records: taken.length, unreadable };
}
