import { HASH_BYTES } from "../tree/hashing.ts";
import { isTreeSize } from "../tree/ranges.ts";
import { NoteFormatError } from "./note-format-error.ts";

const LINE_FEED = 10;
const FIRST_PRINTED = 32;

/**
 * Bytes as text: valid UTF-8 without control characters but line feeds. Nothing is repaired, and a
 * byte order mark is part of the text. Source: C2SP signed-note, Format.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function textOf(bytes: Uint8Array | string, mostBytes: number): string {
  const given = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  if (given.length > mostBytes) throw new NoteFormatError(`more than ${mostBytes} bytes`);
  if (given.some((byte) => byte < FIRST_PRINTED && byte !== LINE_FEED))
    throw new NoteFormatError("a control character");
  if (typeof bytes === "string") {
    if (!bytes.isWellFormed()) throw new NoteFormatError("not valid UTF-8");
    return bytes;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NoteFormatError("not valid UTF-8");
  }
}

/**
 * Base 64 of RFC 4648 section 4, in the one form that encoding gives: padded, no other letters, no
 * bits set behind the end, so that no two texts stand for the same bytes.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw new NoteFormatError("not base 64 in its one form");
  return bytes;
}

/**
 * A hash of the tree in base 64.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function hashFrom(text: string): Buffer {
  const bytes = fromBase64(text);
  if (bytes.length !== HASH_BYTES) throw new NoteFormatError(`a hash of ${bytes.length} bytes`);
  return bytes;
}

/**
 * A size or an index: ASCII digits without leading zeroes, and small enough to count exactly.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function countFrom(text: string): number {
  const count = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!isTreeSize(count)) throw new NoteFormatError("not a number in its one form, or too large");
  return count;
}
