import { parseCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import { NoteFormatError } from "./note-format-error.ts";
import { countFrom } from "./plain-text.ts";
import { divideProof, proofHashes } from "./proof-lines.ts";

/**
 * Proof that a log grew from an older size to a checkpoint, in one file: the body that C2SP
 * tlog-witness sends to a witness, so one form serves witnesses and auditors.
 */
export interface ConsistencyProof {
  /** Leaves of the older tree. */
  readonly oldSize: number;
  readonly hashes: readonly Buffer[];
  /** The newer signed checkpoint. */
  readonly checkpoint: string;
}

/** Writes a proof file. */
export function formatConsistencyProof({ oldSize, hashes, checkpoint }: ConsistencyProof): string {
  const lines = [`old ${oldSize}`, ...hashes.map((hash) => hash.toString("base64")), ""];
  return `${lines.join("\n")}\n${checkpoint}`;
}

/**
 * Reads a proof file; verifies nothing.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function parseConsistencyProof(
  bytes: Uint8Array | string,
): ConsistencyProof & { readonly signed: SignedCheckpoint } {
  const { lines, checkpoint } = divideProof(bytes);
  const [old = "", ...hashes] = lines;
  if (!old.startsWith("old ")) throw new NoteFormatError("no line with the old size");
  const signed = parseCheckpoint(checkpoint);
  const oldSize = countFrom(old.slice("old ".length));
  if (oldSize > signed.size) throw new NoteFormatError("an old size above the new one");
  return { oldSize, hashes: proofHashes(hashes), checkpoint, signed };
}
