import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { TextDecoder } from "node:util";

/** Encodings that are told apart; the names are those of the WHATWG Encoding Standard. */
export type LedgerEncoding = "utf-8" | "utf-16le" | "gb18030";

/** What one pass over a file tells about it. */
export interface LedgerInspection {
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the whole file in hex: under it, an interrupted import is found again. */
  readonly digest: string;
  readonly encoding: LedgerEncoding;
  readonly format: "csv" | "ndjson";
  /** Between the cells of a CSV file. */
  readonly delimiter: "," | ";" | "\t";
}

const HEAD_BYTES = 64 * 1024;
const DELIMITERS = [",", ";", "\t"] as const;

/**
 * Reads a file once from end to end. Only the whole file settles its encoding: the first Chinese
 * sign of a ledger may stand in its last row.
 */
export async function inspectLedger(path: string): Promise<LedgerInspection> {
  const hash = createHash("sha256");
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let head = Buffer.alloc(0);
  let bytes = 0;
  let isUtf8 = true;
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1 << 20,
  }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
    isUtf8 &&= decodes(utf8, chunk);
  }
  isUtf8 &&= decodes(utf8, null);

  const encoding = startsAsUtf16(head) ? "utf-16le" : isUtf8 ? "utf-8" : "gb18030";
  // Not fatal: the head may end within a sign.
  const start = new TextDecoder(encoding).decode(head);
  return {
    path,
    bytes,
    digest: hash.digest("hex"),
    encoding,
    format: start.trimStart().startsWith("{") ? "ndjson" : "csv",
    delimiter: delimiterOf(start),
  };
}

/** Decodes the next bytes, or the end for null; false at the first byte that is no UTF-8. */
function decodes(decoder: TextDecoder, chunk: Buffer | null): boolean {
  try {
    if (chunk) decoder.decode(chunk, { stream: true });
    else decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function startsAsUtf16(head: Buffer): boolean {
  return head[0] === 0xff && head[1] === 0xfe;
}

/** The sign that parts most headings; a comma when there is but one column. */
function delimiterOf(start: string): LedgerInspection["delimiter"] {
  const headings = start.split(/[\r\n]/, 1)[0] ?? "";
  const counts = DELIMITERS.map((delimiter) => headings.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ",";
}
