import { verify } from "node:crypto";
import { cosignedMessage, parseCosignature } from "./cosignature.ts";
import { NoteFormatError } from "./note-format-error.ts";
import type { NoteSignature, SignedNote } from "./signed-note.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** Which of the known keys signed a note. */
export interface NoteVerdict {
  /** Keys whose signature holds. */
  readonly verified: readonly VerifierKey[];
  /** Keys whose name and id stand on a signature that does not hold: the note is then worth nothing. */
  readonly failed: readonly VerifierKey[];
  /** Signatures of keys that are not known, which prove nothing. */
  readonly unknown: readonly NoteSignature[];
}

/**
 * Verifies the signatures of a note by the keys that one knows. Source: C2SP signed-note, Signatures.
 */
export function verifyNote(note: SignedNote, keys: readonly VerifierKey[]): NoteVerdict {
  const verified: VerifierKey[] = [];
  const failed: VerifierKey[] = [];
  const unknown: NoteSignature[] = [];
  for (const signature of note.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id);
    if (key === undefined) unknown.push(signature);
    else (isGenuine({ note, key, signature: signature.signature }) ? verified : failed).push(key);
  }
  return { verified, failed, unknown };
}

function isGenuine(request: { note: SignedNote; key: VerifierKey; signature: Buffer }): boolean {
  const { note, key, signature } = request;
  if (key.kind === "NOTE") return isSigned(Buffer.from(note.text), key, signature);
  try {
    const { timestamp, bytes } = parseCosignature(signature);
    return isSigned(cosignedMessage({ text: note.text, timestamp }), key, bytes);
  } catch (error) {
    if (error instanceof NoteFormatError) return false;
    throw error;
  }
}

/** Ed25519 of RFC 8032 section 5.1, which has no digest of its own choosing. */
function isSigned(message: Uint8Array, { publicKey }: VerifierKey, signature: Buffer): boolean {
  return verify(null, message, publicKey, signature);
}
