import { parseCheckpoint } from "./notes/checkpoint.ts";
import { NoteFormatError } from "./notes/note-format-error.ts";
import type { VerifierKey } from "./notes/verifier-key.ts";
import { verifyNote } from "./notes/verify-note.ts";
import type { SealingTransaction } from "./sealed-log.ts";
import type { TreeHead } from "./tree/append.ts";
import { proveConsistency } from "./tree/proofs.ts";
import { TreeDamagedError } from "./tree/tile.ts";
import type { TileSource } from "./tree/tile.ts";
import { verifyConsistency } from "./tree/verify.ts";

/** What is stored of the log contradicts what was signed: nothing may be signed over it. */
export class SealedLogDamagedError extends Error {
  override readonly name = "SealedLogDamagedError";
}

/** Whether an error says that the stored log is not the one that was signed. */
export function isDamage(error: unknown): error is Error {
  return (
    error instanceof SealedLogDamagedError ||
    error instanceof TreeDamagedError ||
    error instanceof NoteFormatError
  );
}

/**
 * Makes sure that the head is the one that was signed last, by a key of this log. That the tiles give
 * its root is found out when leaves are appended.
 *
 * @throws INTERNAL_SERVER_ERROR as a `SealedLogDamagedError`
 */
export function requireSignedHead(
  { head, lastSigned, origin }: Pick<SealingTransaction, "head" | "lastSigned" | "origin">,
  keys: readonly VerifierKey[],
): void {
  if (lastSigned === null) {
    if (head.size > 0) throw new SealedLogDamagedError("The head was never signed");
    return;
  }
  const checkpoint = parseCheckpoint(lastSigned.note);
  const { verified, failed } = verifyNote(checkpoint.note, keys);
  if (verified.length === 0 || failed.length > 0)
    throw new SealedLogDamagedError("The last checkpoint is not signed by the log");
  if (checkpoint.origin !== origin) throw new SealedLogDamagedError("The log has another name");
  const { treeSize, root } = lastSigned;
  const isHead = [
    { size: treeSize, root },
    { size: checkpoint.size, root: checkpoint.root },
  ].every((one) => isSameHead(one, head));
  if (!isHead) throw new SealedLogDamagedError("The head is not the one that was signed last");
}

/** The head in a checkpoint that somebody kept; null where this log did not sign it. */
export function headSignedIn(
  note: string,
  { origin, keys }: { origin: string; keys: readonly VerifierKey[] },
): TreeHead | null {
  try {
    const { origin: named, size, root, note: signed } = parseCheckpoint(note);
    const { verified, failed } = verifyNote(signed, keys);
    return named === origin && verified.length > 0 && failed.length === 0 ? { size, root } : null;
  } catch (error) {
    if (error instanceof NoteFormatError) return null;
    throw error;
  }
}

/** Whether two heads are of one size and root. */
function isSameHead(one: TreeHead, other: TreeHead): boolean {
  return one.size === other.size && one.root.equals(other.root);
}

/**
 * Makes sure that one tree begins with another, by a proof of the kind that auditors are given.
 * Source: C2SP tlog-checkpoint: a log signs no checkpoint that contradicts one that it signed.
 *
 * @throws INTERNAL_SERVER_ERROR as a `SealedLogDamagedError`
 */
export async function requireGrowth(request: {
  source: TileSource;
  from: TreeHead;
  to: TreeHead;
}): Promise<void> {
  const { source, from, to } = request;
  if (from.size > to.size) throw new SealedLogDamagedError("The log is shorter than it was");
  const proof = await proveConsistency({ source, from: from.size, to: to.size });
  if (!verifyConsistency({ from, to, proof }))
    throw new SealedLogDamagedError("The log does not begin with what was signed before");
}
