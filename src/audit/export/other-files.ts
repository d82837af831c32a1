import {
  type BundleKeys,
  CHECKPOINT_FILE,
  KEYS_FILE,
  keysShape,
} from "../evidence/bundle-format.ts";
import { parseNote } from "../notes/signed-note.ts";
import { formatConsistencyProof } from "../notes/consistency-proof.ts";
import { parseVerifierKey } from "../notes/verifier-key.ts";
import type { LogKey, LogProofs } from "../log-proofs.ts";
import type { EvidenceSource } from "./evidence-source.ts";
import type { FrozenExport } from "./export-store.ts";
import { linesOf } from "./make-part.ts";
import type { Part } from "./part.ts";
import { readmeOf } from "./readme-text.ts";
import { textPart, wholePart } from "./whole-part.ts";

/** States of callers that are in memory at once. */
const CALLERS_AT_ONCE = 500;

/** Digits of the old size in the name of a consistency proof. */
const SIZE_DIGITS = 16;

/** The files that say what this is, and by what it is proved. */
export async function proofFiles({
  frozen,
  proofs,
  earlierSizes,
}: {
  frozen: FrozenExport;
  proofs: LogProofs;
  /** Sizes of trees that the readers of this bundle may have seen before, ascending. */
  earlierSizes: readonly number[];
}): Promise<Part[]> {
  const { checkpoint, treeSize } = frozen;
  const keys = keysOf(await proofs.keys(), checkpoint);
  const parts = [
    textPart("README.txt", readmeOf(frozen)),
    textPart(CHECKPOINT_FILE, checkpoint),
    textPart(KEYS_FILE, `${JSON.stringify(keysShape.parse(keys))}\n`),
  ];
  for (const oldSize of earlierSizes) {
    const hashes = await proofs.consistency(oldSize, treeSize);
    const name = String(oldSize).padStart(SIZE_DIGITS, "0");
    const text = formatConsistencyProof({ oldSize, hashes, checkpoint });
    parts.push(textPart(`consistency/${name}.txt`, text));
  }
  return parts;
}

/** The states of callers that records name, one a line, in the order of their digests. */
export async function callerFile(
  source: EvidenceSource,
  digests: Iterable<string>,
): Promise<Part[]> {
  const sorted = [...digests].sort();
  const parts: Part[] = [];
  for (let at = 0; at < sorted.length; at += CALLERS_AT_ONCE) {
    const some = sorted.slice(at, at + CALLERS_AT_ONCE);
    const texts = await source.callers(some);
    const known = some.filter((digest) => texts.has(digest));
    if (known.length === 0) continue;
    const made = linesOf(known.map((digest) => texts.get(digest) ?? ""));
    parts.push(wholePart("callers.ndjson", { kind: "CALLERS", digests: known }, made));
  }
  return parts;
}

/** The documents of every version of the policy that records name. */
export async function policyFiles(
  source: EvidenceSource,
  versions: Iterable<string>,
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const version of [...versions].sort()) {
    for (const { name, text } of (await source.policy(version)) ?? []) {
      const content = { kind: "POLICY", version, name } as const;
      parts.push(wholePart(`policies/${version}/${name}`, content, Buffer.from(text)));
    }
  }
  return parts;
}

/** Keys of the log, the newest first, and of the witnesses that signed the checkpoint. */
function keysOf(keys: readonly LogKey[], checkpoint: string): BundleKeys {
  const signers = new Set(parseNote(checkpoint).signatures.map(({ name, id }) => `${name}+${id}`));
  const newestFirst = keys.toSorted((a, b) => b.validFrom.getTime() - a.validFrom.getTime());
  const ofKind = (kind: LogKey["kind"]): string[] =>
    newestFirst.filter((key) => key.kind === kind).map(({ verifierKey }) => verifierKey);
  const hasSigned = (text: string): boolean => {
    const { name, id } = parseVerifierKey(text);
    return signers.has(`${name}+${id}`);
  };
  return { log: ofKind("LOG"), witnesses: ofKind("WITNESS").filter(hasSigned) };
}
