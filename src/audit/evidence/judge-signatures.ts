import type { SignedNote } from "../notes/signed-note.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import { verifyNote } from "../notes/verify-note.ts";
import type { Fault } from "./fault.ts";

/**
 * Whether a trusted key of the log signed a note. A trusted key's signature that fails spoils the
 * whole note, as C2SP signed-note has it.
 *
 * @param origin of the log; a key of another name signs nothing for it
 */
export function judgeSignature(request: {
  note: SignedNote;
  subject: string;
  origin: string | null;
  keys: readonly VerifierKey[];
}): Fault[] {
  const { note, subject, origin, keys } = request;
  const ofLog = keys.filter(
    ({ kind, name }) => kind === "NOTE" && (origin === null || name === origin),
  );
  const { verified, failed } = verifyNote(note, ofLog);
  if (failed.length > 0) {
    const text = `the signature of ${namesOf(failed)} does not hold`;
    return [{ code: "BAD_SIGNATURE", subject, text }];
  }
  if (verified.length > 0) return [];
  const signers = note.signatures.map(({ name, id }) => `${name}+${id}`).join(", ");
  return [{ code: "WRONG_KEY", subject, text: `signed by ${signers} and by no trusted key` }];
}

/** Whether every witness that should have cosigned a checkpoint has. */
export function judgeCosignatures(request: {
  note: SignedNote;
  subject: string;
  witnesses: readonly VerifierKey[];
}): Fault[] {
  const { note, subject, witnesses } = request;
  const { verified, failed } = verifyNote(note, witnesses);
  return witnesses
    .filter((key) => !verified.includes(key))
    .map((key): Fault => {
      const name = namesOf([key]);
      return failed.includes(key)
        ? { code: "BAD_SIGNATURE", subject, text: `the cosignature of ${name} does not hold` }
        : { code: "COSIGNATURE_MISSING", subject, text: `there is no cosignature of ${name}` };
    });
}

function namesOf(keys: readonly VerifierKey[]): string {
  return keys.map(({ name, id }) => `${name}+${id}`).join(", ");
}
