import { createHash, type Hash } from "node:crypto";
import { leafHash } from "../tree/hashing.ts";
import { rootOfSubset } from "../tree/verify.ts";
import { NoteFormatError } from "../notes/note-format-error.ts";
import type { BundleReading } from "./bundle-reading.ts";
import { inclusionFile, type ManifestPart, PART_RECORDS, recordsFile } from "./bundle-format.ts";
import type { Fault } from "./fault.ts";
import { compareRecords } from "./compare-records.ts";
import { type InclusionPart, parseInclusionPart } from "./inclusion-part.ts";

const LINE_FEED = 10;
const NAME_START = "parts/".length;
const NAME_END = NAME_START + 8;

/** Reads the parts of a bundle one after another: each proof, then the records that it proves. */
export class PartsReading {
  /** What was found, in the words of the manifest. */
  readonly found: ManifestPart[] = [];
  records = 0;
  readonly #indexes: Hash = createHash("sha256");
  readonly #reading: BundleReading;
  #open: {
    readonly name: string;
    readonly proof: InclusionPart;
    readonly isProved: boolean;
  } | null = null;
  #lastIndex = -1;
  /** Records that lack at the end of the last part, as long as it may be the end of all. */
  #cut: { path: string; index: number; count: number } | null = null;

  constructor(reading: BundleReading) {
    this.#reading = reading;
  }

  /** Takes a file of a part. */
  take(path: string, content: Buffer): void {
    const name = path.slice(NAME_START, NAME_END);
    if (path.endsWith(".inclusion")) this.#takeProof(path, name, content);
    else this.#takeRecords(path, name, content);
  }

  /** SHA-256 over the indexes of all proofs, hexadecimal; asked once. */
  indexDigest(): string {
    return this.#indexes.digest("hex");
  }

  /** To be called after the last part. */
  end(): void {
    if (this.#cut === null) return;
    const { path, index, count } = this.#cut;
    const text = `the last ${count} records are missing, from record ${index} on`;
    this.#reading.blame(path, { code: "TAIL_CUT", subject: `${path} record ${index}`, text });
  }

  #takeProof(path: string, name: string, content: Buffer): void {
    if (this.#cut !== null) {
      const { path: of, index, count } = this.#cut;
      const text = `${count} records from record ${index} on were removed`;
      this.#reading.blame(of, { code: "RECORD_MISSING", subject: `${of} record ${index}`, text });
      this.#cut = null;
    }
    const proof = parseInclusionPart(content);
    const { indexes } = proof;
    for (const index of indexes) this.#indexes.update(`${index}\n`);
    const [first, last] = [indexes[0], indexes.at(-1)];
    if (first === undefined || last === undefined)
      throw new NoteFormatError("a part of no records");
    this.found.push({ part: name, count: indexes.length, first, last });
    const isAscending = this.#isAscending(indexes);
    this.#lastIndex = last;
    this.#open = { name, proof, isProved: isAscending && this.#isProved(proof) };
    if (this.#open.isProved) return;
    const fault: Fault = isAscending
      ? { code: "PROOF_INVALID", subject: path, text: this.#whyNotProved(proof) }
      : { code: "RECORDS_SWAPPED", subject: path, text: "the indexes do not ascend" };
    this.#reading.blame(path, fault);
  }

  #isAscending(indexes: readonly number[]): boolean {
    return indexes.every((index, at) => index > (indexes[at - 1] ?? this.#lastIndex));
  }

  /** Whether the leaves are in the tree; where there is no checkpoint, that is told elsewhere. */
  #isProved(proof: InclusionPart): boolean {
    const { checkpoint } = this.#reading;
    if (checkpoint === null) return true;
    const root = rootOfSubset(proof);
    return proof.size === checkpoint.size && root !== null && checkpoint.root.equals(root);
  }

  #whyNotProved({ size }: InclusionPart): string {
    const { checkpoint } = this.#reading;
    return size === checkpoint?.size
      ? "the proof does not lead to the root of the checkpoint"
      : `the proof is for ${size} records, the checkpoint has ${checkpoint?.size}`;
  }

  #takeRecords(path: string, name: string, content: Buffer): void {
    const lines = linesOf(content);
    this.records += lines.length;
    const open = this.#open;
    this.#open = null;
    if (open?.name !== name) {
      const file = inclusionFile(name);
      const text = "there is no proof of these records";
      if (!this.#reading.blamed.has(file))
        this.#reading.blame(file, { code: "FILE_MISSING", subject: file, text });
      return;
    }
    const hashes = lines.map((line) => leafHash(line));
    // Where the records themselves lead to the root, only the proof was altered.
    if (!open.isProved && this.#isProved({ ...open.proof, leaves: hashes })) return;
    const { faults, cutFrom } = compareRecords({
      path: recordsFile(name),
      indexes: open.proof.indexes,
      leaves: open.proof.leaves.map((leaf) => leaf.toString("base64")),
      found: hashes.map((hash) => hash.toString("base64")),
    });
    for (const fault of faults) this.#reading.blame(path, fault);
    if (cutFrom !== null) this.#cut = { path, ...cutFrom };
  }
}

/** Lines without their ends, as bytes; a last line without an end is a line too. */
function linesOf(content: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LINE_FEED, start);
    const end = found === -1 ? content.length : found;
    if (lines.length === PART_RECORDS)
      throw new NoteFormatError("more records than a part may have");
    lines.push(content.subarray(start, end));
    start = end + 1;
  }
  return lines;
}
