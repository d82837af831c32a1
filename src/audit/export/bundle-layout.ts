import type { PartOutline } from "./part.ts";
import { filesOf, inOrder } from "./part-order.ts";
import { BLOCK_BYTES, paddingAfter, TAR_END, tarHeader } from "./tar-blocks.ts";

/** A stretch of a bundle's bytes: there already, or made when somebody wants it. */
export interface Stretch<Part> {
  /** First byte, from 0. */
  readonly start: number;
  readonly bytes: number;
  readonly from: Buffer | Part;
}

/** Where every byte of a bundle comes from. */
export interface BundleLayout<Part> {
  /** Length of the bundle in bytes. */
  readonly bytes: number;
  readonly stretches: readonly Stretch<Part>[];
}

/**
 * Lays the parts of a bundle out as one tar file. The sizes alone decide where everything is, so
 * nothing has to be made to know it.
 */
export function layOut<Part extends PartOutline>(parts: readonly Part[]): BundleLayout<Part> {
  const stretches: Stretch<Part>[] = [];
  let start = 0;
  const put = (from: Buffer | Part, bytes: number): void => {
    if (bytes === 0) return;
    stretches.push({ start, bytes, from });
    start += bytes;
  };
  for (const [name, ofFile] of filesOf(inOrder(parts))) {
    const bytes = ofFile.reduce((sum, part) => sum + part.bytes, 0);
    put(tarHeader({ name, bytes }), BLOCK_BYTES);
    for (const part of ofFile) put(part, part.bytes);
    const padding = paddingAfter(bytes);
    put(Buffer.alloc(padding), padding);
  }
  put(TAR_END, TAR_END.length);
  return { bytes: start, stretches };
}
