import { invariant } from "../../lib/invariant.ts";
import { PART_BYTES, PART_RECORDS } from "./bundle-format.ts";

/** A record of the log. */
export interface TreeRecord {
  readonly index: number;
  /** The text that was logged, one line without its end. */
  readonly text: string;
}

/** Records that are proved together. */
export interface RecordPart {
  readonly indexes: readonly number[];
  readonly texts: readonly string[];
}

/** Divides records into parts that a verifier can hold; the same records give the same parts. */
export async function* partsOf(records: AsyncIterable<TreeRecord>): AsyncGenerator<RecordPart> {
  let indexes: number[] = [];
  let texts: string[] = [];
  let bytes = 0;
  let before = -1;
  for await (const { index, text } of records) {
    invariant(index > before, "Records of a bundle come in the order of the tree");
    invariant(!text.includes("\n"), "A record is one line");
    const length = Buffer.byteLength(text) + 1;
    if (indexes.length === PART_RECORDS || (indexes.length > 0 && bytes + length > PART_BYTES)) {
      yield { indexes, texts };
      [indexes, texts, bytes] = [[], [], 0];
    }
    before = index;
    indexes.push(index);
    texts.push(text);
    bytes += length;
  }
  if (indexes.length > 0) yield { indexes, texts };
}
