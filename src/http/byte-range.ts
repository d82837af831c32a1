/** Bytes from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const RANGE = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/;

/**
 * Reads a Range header (RFC 9110 section 14.2).
 *
 * @param bytes how many there are
 * @returns null for what may be ignored: another unit, several ranges, or what is no range
 * @throws RangeError where the range lies behind the end
 */
export function byteRangeIn(header: string | undefined, bytes: number): ByteRange | null {
  const [, first, last = "", suffix] = RANGE.exec(header ?? "") ?? [];
  if (suffix !== undefined) {
    if (Number(suffix) === 0) throw new RangeError("no bytes");
    return { start: Math.max(bytes - Number(suffix), 0), end: bytes };
  }
  if (first === undefined) return null;
  const start = Number(first);
  const end = last === "" ? bytes : Math.min(Number(last) + 1, bytes);
  if (last !== "" && Number(last) < start) return null;
  if (start >= bytes) throw new RangeError("behind the end");
  return { start, end };
}
