import { parse, type Parser } from "csv-parse";

/** A record longer than this is a quote that was never closed. */
const MAX_RECORD_BYTES = 1_000_000;

/**
 * The records of a CSV text, in lists as the text comes: to wait for each record takes longer than to
 * hand it on.
 *
 * @throws CsvError for a quote that is never closed; the records before it come first
 */
export async function* csvRecords(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<string[][]> {
  const parser = parse({
    delimiter,
    skip_empty_lines: true,
    relax_column_count: true,
    // `12号"老字号"` without quotes around it is common and means what it says.
    relax_quotes: true,
    max_record_size: MAX_RECORD_BYTES,
  });
  // Whoever writes is told of failures; they are not unheard.
  parser.on("error", () => undefined);
  try {
    for await (const chunk of text) yield* recordsOf(parser, chunk);
    yield* recordsOf(parser, null);
  } finally {
    parser.destroy();
  }
}

/** Gives a piece of the text to the parser, null for its end, and takes the records that are whole by then. */
async function* recordsOf(parser: Parser, chunk: string | null): AsyncGenerator<string[][]> {
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const heard = (error?: Error | null): void => (error == null ? resolve() : reject(error));
  if (chunk === null) parser.end(heard);
  else parser.write(chunk, heard);
  const records: string[][] = [];
  // A parser that holds many is done with a piece when they are taken.
  take(parser, records);
  try {
    await done;
  } catch (error) {
    yield records;
    throw error;
  }
  take(parser, records);
  yield records;
}

function take(parser: Parser, into: string[][]): void {
  for (;;) {
    const cells = parser.read() as string[] | null;
    if (cells === null) return;
    into.push(cells);
  }
}
