import { NoteFormatError } from "./note-format-error.ts";
import { fromBase64, textOf } from "./plain-text.ts";
import { requireKeyName } from "./verifier-key.ts";

/** Largest note that is read, in bytes. */
export const MOST_NOTE_BYTES = 1_048_576;

/** Most signatures of a note that are read; C2SP asks for at least 16. */
const MOST_SIGNATURES = 100;

const ID_BYTES = 4;

/** A signature as it stands below a note; nothing is known of it before it is verified. */
export interface NoteSignature {
  /** Name of the key. */
  readonly name: string;
  /** Id of the key, eight hexadecimal digits. */
  readonly id: string;
  readonly signature: Buffer;
}

/** A text and what was signed below it. Source: C2SP signed-note. */
export interface SignedNote {
  /** Ends in a line feed. To be ignored unless a trusted key signed it. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/**
 * Reads a note. No key may sign twice, and nothing may follow the signatures.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function parseNote(bytes: Uint8Array | string): SignedNote {
  const whole = textOf(bytes, MOST_NOTE_BYTES);
  // The text may hold empty lines; the last one divides it from the signatures.
  const divide = whole.lastIndexOf("\n\n");
  if (divide === -1) throw new NoteFormatError("no empty line before the signatures");
  const below = whole.slice(divide + 2);
  if (!below.endsWith("\n")) throw new NoteFormatError("no line feed at the end");
  const lines = below.slice(0, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) throw new NoteFormatError("too many signatures");
  const signatures = lines.map(parseSignature);
  const keys = signatures.map(({ name, id }) => `${name}+${id}`);
  if (new Set(keys).size < keys.length) throw new NoteFormatError("a key signs twice");
  return { text: whole.slice(0, divide + 1), signatures };
}

/** Writes a note; the other direction of `parseNote`. */
export function formatNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(signatureLine).join("")}`;
}

function signatureLine({ name, id, signature }: NoteSignature): string {
  const bytes = Buffer.concat([Buffer.from(id, "hex"), signature]);
  return `\u2014 ${name} ${bytes.toString("base64")}\n`;
}

function parseSignature(line: string): NoteSignature {
  const [dash, name, encoded, ...more] = line.split(" ");
  if (dash !== "\u2014" || name === undefined || encoded === undefined || more.length > 0)
    throw new NoteFormatError("a signature line of another form");
  requireKeyName(name);
  const bytes = fromBase64(encoded);
  if (bytes.length <= ID_BYTES) throw new NoteFormatError("a signature without bytes");
  const id = bytes.subarray(0, ID_BYTES).toString("hex");
  return { name, id, signature: bytes.subarray(ID_BYTES) };
}
