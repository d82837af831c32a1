import type { SignedCheckpoint } from "../notes/checkpoint.ts";
import type { ConsistencyProof } from "../notes/consistency-proof.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import { type Fault, type Verdict, verdictOf } from "./fault.ts";
import { judgeGrowth } from "./judge-growth.ts";
import { judgeSignature } from "./judge-signatures.ts";

/** A checkpoint with the name by which its reader knows it. */
export interface NamedCheckpoint {
  readonly subject: string;
  readonly signed: SignedCheckpoint;
}

/**
 * Compares checkpoints that two auditors were given: whether one log can have signed both.
 *
 * @param keys of the log; without any, no signature is judged and a notice says so
 */
export function compareCheckpoints(request: {
  checkpoints: readonly [NamedCheckpoint, NamedCheckpoint];
  proofs: readonly ConsistencyProof[];
  keys: readonly VerifierKey[];
}): Verdict {
  const { checkpoints, proofs, keys } = request;
  const signed = keys.length === 0 ? [] : checkpoints.flatMap((one) => signatureOf(one, keys));
  const [older, newer] = checkpoints.toSorted((one, other) => one.signed.size - other.signed.size);
  if (older === undefined || newer === undefined) throw new RangeError("two checkpoints");
  const { subject } = newer;
  const grown = judgeGrowth({ before: older.signed, now: newer.signed, subject, proofs });
  const sizes = `${older.signed.size} and ${newer.signed.size} records`;
  return verdictOf({
    checks: [
      ...(keys.length === 0
        ? []
        : [{ name: "checkpoints are signed by the log", isOk: signed.length === 0, detail: "" }]),
      { name: "checkpoints are of one log", isOk: grown.length === 0, detail: sizes },
    ],
    faults: [...signed, ...grown],
    notices:
      keys.length === 0 ? ["No signature was judged: give the key of the log by --key."] : [],
  });
}

function signatureOf({ signed, subject }: NamedCheckpoint, keys: readonly VerifierKey[]): Fault[] {
  return judgeSignature({ note: signed.note, subject, origin: signed.origin, keys });
}
