import { createHash } from "node:crypto";
import type { BundleLayout } from "./bundle-layout.ts";
import type { PartOutline } from "./part.ts";

/** Bytes from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Makes the bytes of a part, in pieces. */
export type MakePart<Part> = (part: Part) => AsyncIterable<Buffer>;

/** A part came out otherwise than it did first: what it is made from has changed. */
export class PartChangedError extends Error {
  override readonly name = "PartChangedError";
}

/**
 * Gives a range of a bundle's bytes. Whole parts before it are passed over and not made; of the
 * first part only what lies before the range is made for nothing.
 *
 * @throws INTERNAL_SERVER_ERROR as a `PartChangedError` at the latest where a changed part ends
 */
export async function* readBundle<Part extends PartOutline>({
  layout,
  range,
  make,
}: {
  layout: BundleLayout<Part>;
  range: ByteRange;
  make: MakePart<Part>;
}): AsyncGenerator<Buffer> {
  for (const { start, bytes, from } of layout.stretches) {
    if (start + bytes <= range.start) continue;
    if (start >= range.end) return;
    let at = start;
    for await (const piece of Buffer.isBuffer(from) ? [from] : checked(from, make)) {
      const first = Math.max(range.start - at, 0);
      const last = Math.min(range.end - at, piece.length);
      at += piece.length;
      if (first < last) yield piece.subarray(first, last);
      if (at >= range.end) return;
    }
  }
}

/** No byte goes beyond what a part had, and a whole part is compared with its digest. */
async function* checked<Part extends PartOutline>(
  part: Part,
  make: MakePart<Part>,
): AsyncGenerator<Buffer> {
  const digest = createHash("sha256");
  let bytes = 0;
  for await (const piece of make(part)) {
    bytes += piece.length;
    if (bytes > part.bytes) throw new PartChangedError(`A part of ${part.file} became longer`);
    digest.update(piece);
    // The last piece waits for the digest, so that a changed part never arrives whole.
    if (bytes === part.bytes && !digest.copy().digest().equals(part.digest))
      throw new PartChangedError(`A part of ${part.file} changed`);
    yield piece;
  }
  if (bytes < part.bytes) throw new PartChangedError(`A part of ${part.file} became shorter`);
}
