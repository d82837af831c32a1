import { checkpointText, type Checkpoint, parseCheckpointText } from "./checkpoint.ts";
import { cosignedMessage, formatCosignature } from "./cosignature.ts";
import { invariant } from "../../lib/invariant.ts";
import { formatNote, type NoteSignature, parseNote, type SignedNote } from "./signed-note.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** A key that signs: the private half stays in the room that keeps it. */
export interface NoteSigner {
  readonly key: VerifierKey;
  /** Ed25519 signature of the bytes, 64 bytes. */
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

/** Signs a text as a note, by each signer in turn; the text ends in a line feed. */
export function signNote({
  text,
  signers,
}: {
  text: string;
  signers: readonly NoteSigner[];
}): string {
  const signatures = signers.map((signer) => {
    invariant(signer.key.kind === "NOTE", "A cosigner does not write notes");
    return signatureOf(signer, Buffer.from(signer.sign(Buffer.from(text))));
  });
  return checked({ text, signatures });
}

/** Signs the head of a tree. Who calls makes sure that it only ever grows. */
export function signCheckpoint(request: {
  checkpoint: Checkpoint;
  signers: readonly NoteSigner[];
}): string {
  const text = checkpointText(request.checkpoint);
  parseCheckpointText(text);
  return signNote({ text, signers: request.signers });
}

/**
 * Adds the signature of one more key of the log to a note that others have signed: a new key vouches
 * for what the one before it signed last.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError` when it is no note
 */
export function addSignature({ note, signer }: { note: string; signer: NoteSigner }): string {
  invariant(signer.key.kind === "NOTE", "A cosigner does not write notes");
  const { text, signatures } = parseNote(note);
  const signature = signatureOf(signer, Buffer.from(signer.sign(Buffer.from(text))));
  return checked({ text, signatures: [...signatures, signature] });
}

/**
 * Adds the signature of a witness to a checkpoint. Who calls has verified the log's signature and
 * that the log grew from what this witness saw last.
 *
 * @param at time of the cosignature; full seconds count
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError` when the note is no checkpoint
 * Source: C2SP tlog-cosignature.
 */
export function cosignCheckpoint(request: { note: string; witness: NoteSigner; at: Date }): string {
  const { witness, at } = request;
  invariant(witness.key.kind === "COSIGNATURE", "A key of the log does not cosign");
  const note = parseNote(request.note);
  const timestamp = BigInt(Math.floor(at.getTime() / 1000));
  const message = cosignedMessage({ text: note.text, timestamp });
  const bytes = Buffer.from(witness.sign(message));
  const signature = signatureOf(witness, formatCosignature({ timestamp, bytes }));
  return checked({ text: note.text, signatures: [...note.signatures, signature] });
}

function signatureOf({ key: { name, id } }: NoteSigner, signature: Buffer): NoteSignature {
  return { name, id, signature };
}

/** Nothing is written that would not be read. */
function checked(note: SignedNote): string {
  const text = formatNote(note);
  parseNote(text);
  return text;
}
