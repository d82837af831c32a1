import type { TreeHead } from "../tree/append.ts";
import { EMPTY_ROOT } from "../tree/hashing.ts";
import { NoteFormatError } from "./note-format-error.ts";
import { countFrom, hashFrom } from "./plain-text.ts";
import { parseNote, type SignedNote } from "./signed-note.ts";

/** Head of the tree of one log, as it is signed. Source: C2SP tlog-checkpoint. */
export interface Checkpoint extends TreeHead {
  /** Names the log; its keys carry the same name. */
  readonly origin: string;
  /** Lines that mean nothing here; signed with the rest, and handed on. */
  readonly extensions: readonly string[];
}

/** A checkpoint together with the note that holds it. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: SignedNote;
}

/** A checkpoint of an empty tree with a root that no empty tree has. */
export class EmptyTreeError extends NoteFormatError {}

/** Text of a checkpoint, ready to be signed as a note. */
export function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, size, root.toString("base64"), ...extensions].map((line) => `${line}\n`).join("");
}

/**
 * Reads a signed checkpoint; verifies no signature.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function parseCheckpoint(bytes: Uint8Array | string): SignedCheckpoint {
  const note = parseNote(bytes);
  return { ...parseCheckpointText(note.text), note };
}

/**
 * Reads the text of a checkpoint.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function parseCheckpointText(text: string): Checkpoint {
  const [origin, size, root, ...extensions] = text.slice(0, -1).split("\n");
  if (!text.endsWith("\n") || origin === undefined || size === undefined || root === undefined)
    throw new NoteFormatError("less than the three lines of a checkpoint");
  if ([origin, ...extensions].includes("")) throw new NoteFormatError("an empty line");
  const checkpoint = { origin, size: countFrom(size), root: hashFrom(root), extensions };
  if (checkpoint.size === 0 && !checkpoint.root.equals(EMPTY_ROOT))
    throw new EmptyTreeError("a root that an empty tree does not have");
  return checkpoint;
}
