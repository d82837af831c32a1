import { parseCheckpoint, type SignedCheckpoint } from "./checkpoint.ts";
import { NoteFormatError } from "./note-format-error.ts";
import { countFrom, fromBase64 } from "./plain-text.ts";
import { divideProof, proofHashes } from "./proof-lines.ts";

const FIRST_LINE = "c2sp.org/tlog-proof@v1";

/** Proof that an entry is in a log, in one file. Source: C2SP tlog-proof. */
export interface TlogProof {
  /** Index of the entry, from 0. */
  readonly index: number;
  /** Bytes that nothing vouches for; null where there is no such line. */
  readonly extra: Buffer | null;
  /** Sibling hashes from the leaf up. */
  readonly hashes: readonly Buffer[];
  /** The signed checkpoint, as the log issued it. */
  readonly checkpoint: string;
}

/** Writes a proof file; its name should end in `.tlog-proof`. */
export function formatTlogProof({ index, extra, hashes, checkpoint }: TlogProof): string {
  const lines = [
    FIRST_LINE,
    ...(extra === null ? [] : [`extra ${extra.toString("base64")}`]),
    `index ${index}`,
    ...hashes.map((hash) => hash.toString("base64")),
    "",
  ];
  return `${lines.join("\n")}\n${checkpoint}`;
}

/**
 * Reads a proof file; verifies nothing.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function parseTlogProof(
  bytes: Uint8Array | string,
): TlogProof & { readonly signed: SignedCheckpoint } {
  const { lines, checkpoint } = divideProof(bytes);
  const [first, ...rest] = lines;
  if (first !== FIRST_LINE) throw new NoteFormatError("no tlog-proof of version 1");
  const extra = rest[0]?.startsWith("extra ") ? fromBase64((rest.shift() ?? "").slice(6)) : null;
  const [index = "", ...hashes] = rest;
  if (!index.startsWith("index ")) throw new NoteFormatError("no line with the index");
  return {
    index: countFrom(index.slice("index ".length)),
    extra,
    hashes: proofHashes(hashes),
    checkpoint,
    signed: parseCheckpoint(checkpoint),
  };
}
