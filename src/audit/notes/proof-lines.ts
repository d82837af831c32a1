import { NoteFormatError } from "./note-format-error.ts";
import { hashFrom, textOf } from "./plain-text.ts";
import { MOST_NOTE_BYTES } from "./signed-note.ts";

/** Most hashes of one proof: a tree that can be counted has no more levels. */
const MOST_HASHES = 63;

/** The lines above a checkpoint, and the checkpoint as it stands below them. */
export interface ProofLines {
  readonly lines: readonly string[];
  readonly checkpoint: string;
}

/**
 * Divides a file of lines, an empty line and a checkpoint.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function divideProof(bytes: Uint8Array | string): ProofLines {
  const text = textOf(bytes, MOST_NOTE_BYTES);
  const divide = text.indexOf("\n\n");
  if (divide === -1) throw new NoteFormatError("no empty line before the checkpoint");
  return { lines: text.slice(0, divide).split("\n"), checkpoint: text.slice(divide + 2) };
}

/**
 * Hashes of a proof, one a line.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function proofHashes(lines: readonly string[]): Buffer[] {
  if (lines.length > MOST_HASHES) throw new NoteFormatError("too many hashes");
  return lines.map(hashFrom);
}
