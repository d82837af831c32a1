import type { Command } from "commander";
import { type Verdict, verdictOf } from "../audit/evidence/fault.ts";
import { verifyProof } from "../audit/evidence/verify-proof.ts";
import { NoteFormatError } from "../audit/notes/note-format-error.ts";
import type { VerifierKey } from "../audit/notes/verifier-key.ts";
import { auditStep, keyOption, readNamed, witnessOption } from "./audit-options.ts";
import { printVerdict } from "./print-verdict.ts";

interface ProofOptions {
  readonly record?: string;
  readonly key: VerifierKey[];
  readonly witness: VerifierKey[];
  readonly json?: true;
}

/** `custodia audit verify-proof`: whether one record is in the log, by a C2SP tlog-proof file. */
export function auditVerifyProofCommand(): Command {
  return auditStep("verify-proof")
    .description("verify a tlog-proof file of one record")
    .argument("<file>", "the proof (c2sp.org/tlog-proof@v1)")
    .option("--record <file>", "the record's text; without it, the extra line of the proof")
    .addOption(keyOption())
    .addOption(witnessOption())
    .option("--json", "print JSON instead of lines")
    .action((path: string, options: ProofOptions) => {
      const record = options.record === undefined ? null : withoutEnd(readNamed(options.record));
      const { key: keys, witness: witnesses } = options;
      const request = { file: readNamed(path), subject: path, record, keys, witnesses };
      printVerdict(verdictFor(path, request), options);
    });
}

function verdictFor(subject: string, request: Parameters<typeof verifyProof>[0]): Verdict {
  try {
    return verifyProof(request);
  } catch (error) {
    if (!(error instanceof NoteFormatError)) throw error;
    return verdictOf({ checks: [], faults: [{ code: "MALFORMED", subject, text: error.message }] });
  }
}

/** A record is a line; editors and shells end it, the log does not. */
function withoutEnd(bytes: Buffer): Buffer {
  return bytes.at(-1) === 10 ? bytes.subarray(0, -1) : bytes;
}
