import type { Command } from "commander";
import { compareCheckpoints } from "../audit/evidence/compare-checkpoints.ts";
import { type Verdict, verdictOf } from "../audit/evidence/fault.ts";
import { parseCheckpoint, type SignedCheckpoint } from "../audit/notes/checkpoint.ts";
import type { ConsistencyProof } from "../audit/notes/consistency-proof.ts";
import { NoteFormatError } from "../audit/notes/note-format-error.ts";
import type { VerifierKey } from "../audit/notes/verifier-key.ts";
import { auditStep, keyOption, proofOption, readNamed } from "./audit-options.ts";
import { printVerdict } from "./print-verdict.ts";

interface CompareOptions {
  readonly proof: ConsistencyProof[];
  readonly key: VerifierKey[];
  readonly json?: true;
}

/** `custodia audit compare`: whether two auditors were shown the same log. */
export function auditCompareCommand(): Command {
  return auditStep("compare")
    .description("compare two signed checkpoints of a log: can both be true?")
    .argument("<checkpoint>", "file with a checkpoint")
    .argument("<checkpoint>", "file with the other checkpoint")
    .addOption(proofOption())
    .addOption(keyOption())
    .option("--json", "print JSON instead of lines")
    .action((one: string, other: string, options: CompareOptions) => {
      const read = [one, other].map((path) => ({ path, signed: checkpointIn(path) }));
      printVerdict(verdictOn(read, options), options);
    });
}

function verdictOn(
  read: readonly { path: string; signed: SignedCheckpoint | string }[],
  { proof: proofs, key: keys }: CompareOptions,
): Verdict {
  const faults = read.flatMap(({ path, signed }) =>
    typeof signed === "string" ? [{ code: "MALFORMED" as const, subject: path, text: signed }] : [],
  );
  const [one, other] = read.flatMap(({ path, signed }) =>
    typeof signed === "string" ? [] : [{ subject: path, signed }],
  );
  if (one === undefined || other === undefined) return verdictOf({ checks: [], faults });
  return compareCheckpoints({ checkpoints: [one, other], proofs, keys });
}

/** The checkpoint, or what is wrong with the file. */
function checkpointIn(path: string): SignedCheckpoint | string {
  try {
    return parseCheckpoint(readNamed(path));
  } catch (error) {
    if (error instanceof NoteFormatError) return error.message;
    throw error;
  }
}
