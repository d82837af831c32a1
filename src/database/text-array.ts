/** OID of `text` (`pg_type.dat`), the same in every PostgreSQL. */
const TEXT = 25;
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;

/**
 * A `text[]` as PostgreSQL takes it in binary: lengths and UTF-8. Nothing in it has to be escaped, and
 * nothing of it is looked for marks at the other end; for long texts that is most of what sending costs.
 *
 * Source: `array_recv` in PostgreSQL's `arrayfuncs.c`.
 */
export function textArray(texts: readonly (string | null)[]): Buffer {
  const lengths = texts.map((text) => (text === null ? NULL_LENGTH : Buffer.byteLength(text)));
  const size = lengths.reduce((sum, length) => sum + LENGTH_BYTES + Math.max(length, 0), 0);
  const array = Buffer.allocUnsafe(HEADER_BYTES + size);
  const hasNull = lengths.includes(NULL_LENGTH) ? 1 : 0;
  // Dimensions, whether any is null, and of what it is; then how many from which place on.
  let at = 0;
  for (const number of [texts.length === 0 ? 0 : 1, hasNull, TEXT])
    at = array.writeInt32BE(number, at);
  if (texts.length === 0) return array.subarray(0, at);
  for (const number of [texts.length, 1]) at = array.writeInt32BE(number, at);
  for (const [place, text] of texts.entries()) {
    const length = lengths[place] as number;
    at = array.writeInt32BE(length, at);
    if (text !== null) at += array.write(text, at, length, "utf8");
  }
  return array;
}
