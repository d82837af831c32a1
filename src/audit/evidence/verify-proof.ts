import { parseTlogProof } from "../notes/tlog-proof.ts";
import type { VerifierKey } from "../notes/verifier-key.ts";
import { leafHash } from "../tree/hashing.ts";
import { verifyInclusion } from "../tree/verify.ts";
import { type Fault, type Verdict, verdictOf } from "./fault.ts";
import { judgeCosignatures, judgeSignature } from "./judge-signatures.ts";

/**
 * Verifies one record by a proof file of C2SP tlog-proof.
 *
 * @param record its bytes; null where the `extra` line of the proof holds them
 * @param keys of the log; without any, no signature is judged and a notice says so
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError` when the file is of another form
 */
export function verifyProof(request: {
  file: Uint8Array;
  subject: string;
  record: Uint8Array | null;
  keys: readonly VerifierKey[];
  witnesses: readonly VerifierKey[];
}): Verdict {
  const { subject, keys, witnesses } = request;
  const { index, extra, hashes, signed } = parseTlogProof(request.file);
  const { size, root, origin, note } = signed;
  const record = request.record ?? extra;
  const isIn =
    record !== null &&
    verifyInclusion({ index, size, leaf: leafHash(record), proof: hashes, root });
  const text = record === null ? "there is no record" : "the record and the proof do not fit";
  const included: Fault[] = isIn ? [] : [{ code: "PROOF_INVALID", subject, text }];
  const bySigner = keys.length === 0 ? [] : judgeSignature({ note, subject, origin, keys });
  const byWitness = judgeCosignatures({ note, subject, witnesses });
  const place = `record ${index} of ${size}`;
  return verdictOf({
    checks: [
      { name: "record is in the log", isOk: isIn, detail: place },
      ...(keys.length === 0
        ? []
        : [
            {
              name: "checkpoint is signed by the log",
              isOk: bySigner.length === 0,
              detail: origin,
            },
          ]),
      ...(witnesses.length === 0
        ? []
        : [{ name: "checkpoint is cosigned", isOk: byWitness.length === 0, detail: "" }]),
    ],
    faults: [...included, ...bySigner, ...byWitness],
    notices:
      keys.length === 0 ? ["No signature was judged: give the key of the log by --key."] : [],
  });
}
