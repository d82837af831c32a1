import { createReadStream } from "node:fs";
import { TextDecoder } from "node:util";
import { CsvError } from "csv-parse";
import { BootError } from "../../lib/boot-error.ts";
import { csvRecords } from "./csv-records.ts";
import type { LedgerInspection } from "./ledger-inspection.ts";
import type { LedgerRow } from "./ledger-row.ts";
import { readNdjson } from "./ndjson-reader.ts";

/** How a file is to be read. */
export interface LedgerSource {
  readonly inspection: LedgerInspection;
  /** Told the bytes read so far, for a progress bar. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Streams the rows of a ledger in constant memory, in lists as the file comes: to wait for each row takes
 * longer than to read one.
 */
export function readLedger(source: LedgerSource): AsyncGenerator<LedgerRow[]> {
  const text = decodedText(source);
  return source.inspection.format === "ndjson"
    ? readNdjson(text)
    : readCsv(text, source.inspection);
}

async function* readCsv(
  text: AsyncIterable<string>,
  { delimiter, path }: LedgerInspection,
): AsyncGenerator<LedgerRow[]> {
  let headings: readonly string[] | null = null;
  let row = 0;
  try {
    for await (const records of csvRecords(text, delimiter)) {
      headings ??= records.shift() ?? null;
      if (headings === null) continue;
      const width = headings.length;
      const under = headings;
      yield records.map((cells) => ({
        row: ++row,
        headings: under,
        cells,
        damage: cells.length === width ? null : "columnCount",
      }));
    }
  } catch (error) {
    if (error instanceof CsvError) throw new BootError(`${path}: after row ${row}: ${error.code}`);
    throw error;
  }
}

async function* decodedText({ inspection, onBytes }: LedgerSource): AsyncGenerator<string> {
  const decoder = new TextDecoder(inspection.encoding, { fatal: true });
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(inspection.path) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      yield decoder.decode(chunk, { stream: true });
      onBytes?.(bytes);
    }
    yield decoder.decode();
  } catch (error) {
    if (!isDecodingError(error)) throw error;
    throw new BootError(
      `${inspection.path}: not ${inspection.encoding.toUpperCase()} before byte ${bytes}; save the file as UTF-8 or GB18030.`,
    );
  }
}

function isDecodingError(error: unknown): boolean {
  return Object(error).code === "ERR_ENCODING_INVALID_ENCODED_DATA";
}
