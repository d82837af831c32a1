import { createReadStream, existsSync, renameSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import { readTar } from "../audit/evidence/read-tar.ts";
import {
  formatRemembered,
  parseRemembered,
  type Remembered,
} from "../audit/evidence/remembered.ts";
import { type BundleVerdict, verifyBundle } from "../audit/evidence/verify-bundle.ts";
import type { SignedCheckpoint } from "../audit/notes/checkpoint.ts";
import type { ConsistencyProof } from "../audit/notes/consistency-proof.ts";
import { NoteFormatError } from "../audit/notes/note-format-error.ts";
import { formatNote } from "../audit/notes/signed-note.ts";
import type { VerifierKey } from "../audit/notes/verifier-key.ts";
import {
  auditStep,
  keyOption,
  proofOption,
  readNamed,
  refuseUsage,
  witnessOption,
} from "./audit-options.ts";
import { printVerdict } from "./print-verdict.ts";

interface VerifyOptions {
  readonly key: VerifierKey[];
  readonly witness: VerifierKey[];
  readonly proof: ConsistencyProof[];
  readonly remember?: string;
  readonly json?: true;
}

/** `custodia audit verify`: whether an evidence bundle is genuine and whole. */
export function auditVerifyCommand(): Command {
  return auditStep("verify")
    .description(
      "verify an evidence bundle offline: exit code 0 when it is genuine and whole, 1 if not",
    )
    .argument("<file>", "the bundle, a tar file")
    .addOption(keyOption())
    .addOption(witnessOption())
    .option(
      "--remember <file>",
      "keep the newest verified checkpoint here, and demand that logs continue it",
    )
    .addOption(proofOption())
    .option("--json", "print JSON instead of lines")
    .action(async (path: string, options: VerifyOptions) => {
      if (!existsSync(path)) refuseUsage(`There is no file ${path}.`);
      const remembered = rememberedIn(options.remember);
      const verdict = await verifyBundle({
        files: readTar(createReadStream(path)),
        trust: {
          keys: options.key,
          witnesses: options.witness,
          proofs: options.proof,
          remembered,
        },
      });
      if (verdict.verdict === "OK" && options.remember !== undefined)
        remember(options.remember, verdict);
      printVerdict(verdict, { ...options, about: aboutBundle(verdict) });
    });
}

function rememberedIn(
  path: string | undefined,
): (Remembered & { readonly signed: SignedCheckpoint }) | null {
  if (path === undefined || !existsSync(path)) return null;
  try {
    return parseRemembered(readNamed(path));
  } catch (error) {
    if (!(error instanceof NoteFormatError)) throw error;
    return refuseUsage(`${path} is no file that --remember wrote: ${error.message}.`);
  }
}

/** Written beside and moved, so that a crash leaves the old memory or the new one. */
function remember(path: string, { checkpoint, keys }: BundleVerdict): void {
  if (checkpoint === null) return;
  const beside = `${path}.new`;
  writeFileSync(beside, formatRemembered({ keys, checkpoint: formatNote(checkpoint.note) }));
  renameSync(beside, path);
}

function aboutBundle({ checkpoint, records, files }: BundleVerdict): object {
  const head =
    checkpoint === null
      ? null
      : {
          origin: checkpoint.origin,
          size: checkpoint.size,
          root: checkpoint.root.toString("base64"),
        };
  return { checkpoint: head, records, files };
}
