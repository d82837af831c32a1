import { NoteFormatError } from "../notes/note-format-error.ts";
import { countFrom, hashFrom, textOf } from "../notes/plain-text.ts";
import { BUNDLE_FORMAT, MOST_PROOF_BYTES, PART_RECORDS } from "./bundle-format.ts";

const FIRST_LINE = `${BUNDLE_FORMAT} inclusion`;

/** Proof that the records of one part are in the tree of the checkpoint. */
export interface InclusionPart {
  /** Leaves of the tree. */
  readonly size: number;
  /** Tree indexes of the records, in the order of their lines. */
  readonly indexes: readonly number[];
  /** Leaf hash of each record, as the tree holds it. */
  readonly leaves: readonly Buffer[];
  /** Hashes of the subtrees that hold none of the records, from left to right. */
  readonly hashes: readonly Buffer[];
}

/** Writes the proof of a part. */
export function formatInclusionPart({ size, indexes, leaves, hashes }: InclusionPart): string {
  const lines = [
    FIRST_LINE,
    `size ${size}`,
    ...indexes.map((index, at) => `${index} ${leaves[at]?.toString("base64")}`),
    "",
    ...hashes.map((hash) => hash.toString("base64")),
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * Reads the proof of a part. Whether the indexes ascend is judged by who verifies.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function parseInclusionPart(bytes: Uint8Array): InclusionPart {
  const text = textOf(bytes, MOST_PROOF_BYTES);
  if (!text.endsWith("\n")) throw new NoteFormatError("no line feed at the end");
  const [first, size = "", ...lines] = text.slice(0, -1).split("\n");
  const divide = lines.indexOf("");
  if (first !== FIRST_LINE || !size.startsWith("size ") || divide === -1)
    throw new NoteFormatError("not the proof of a part");
  if (divide > PART_RECORDS) throw new NoteFormatError("more records than a part may have");
  const records = lines.slice(0, divide).map(parseRecord);
  return {
    size: countFrom(size.slice("size ".length)),
    indexes: records.map(({ index }) => index),
    leaves: records.map(({ leaf }) => leaf),
    hashes: lines.slice(divide + 1).map(hashFrom),
  };
}

function parseRecord(line: string): { index: number; leaf: Buffer } {
  const [index = "", leaf = "", ...more] = line.split(" ");
  if (more.length > 0) throw new NoteFormatError("a record line of another form");
  return { index: countFrom(index), leaf: hashFrom(leaf) };
}
