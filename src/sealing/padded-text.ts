const BLOCK_BYTES = 16;

/** The byte that ends the text; the rest of the block is zeros. */
const END_OF_TEXT = 0x80;

/**
 * Text as UTF-8, filled up to whole blocks of 16 bytes, so that the length of a ciphertext doesn't
 * tell short values apart: every text of up to 15 bytes, which is five Chinese characters, fills
 * one block.
 *
 * Source: ISO/IEC 7816-4 padding. The ciphers authenticate it, so it is no padding oracle.
 */
export function padText(text: string): Buffer {
  const textBytes = Buffer.byteLength(text);
  const padded = Buffer.allocUnsafe((Math.floor(textBytes / BLOCK_BYTES) + 1) * BLOCK_BYTES);
  padded.write(text);
  padded[textBytes] = END_OF_TEXT;
  return padded.fill(0, textBytes + 1);
}

/** The text of `padText`. */
export function unpadText(padded: Buffer): string {
  return padded.toString("utf8", 0, padded.lastIndexOf(END_OF_TEXT));
}
