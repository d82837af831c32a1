import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { TextDecoder } from "node:util";
import { CsvError, parse } from "csv-parse";
import { BootError } from "../../lib/boot-error.ts";
import type { LedgerInspection } from "./ledger-inspection.ts";
import type { LedgerRow } from "./ledger-row.ts";
import { readNdjson } from "./ndjson-reader.ts";

/** How a file is to be read. */
export interface LedgerSource {
  readonly inspection: LedgerInspection;
  /** Told the bytes read so far, for a progress bar. */
  readonly onBytes?: (bytes: number) => void;
}

/** A row longer than this is a quote that was never closed. */
const MAX_ROW_CHARS = 1_000_000;

/** Streams the rows of a ledger in constant memory. */
export async function* readLedger(source: LedgerSource): AsyncGenerator<LedgerRow> {
  const text = decodedText(source);
  yield* source.inspection.format === "ndjson"
    ? readNdjson(text)
    : readCsv(text, source.inspection);
}

async function* readCsv(
  text: AsyncIterable<string>,
  { delimiter, path }: LedgerInspection,
): AsyncGenerator<LedgerRow> {
  const parser = parse({
    delimiter,
    skip_empty_lines: true,
    relax_column_count: true,
    // `12号"老字号"` without quotes around it is common and means what it says.
    relax_quotes: true,
    max_record_size: MAX_ROW_CHARS,
  });
  const source = Readable.from(text);
  // `pipe` does not hand errors on; without this a broken byte would end in a silent wait.
  source.on("error", (error) => parser.destroy(error));
  let headings: readonly string[] | null = null;
  let row = 0;
  try {
    for await (const cells of source.pipe(parser) as AsyncIterable<string[]>) {
      if (headings === null) {
        headings = cells;
        continue;
      }
      row += 1;
      yield {
        row,
        headings,
        cells,
        damage: cells.length === headings.length ? null : "columnCount",
      };
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
