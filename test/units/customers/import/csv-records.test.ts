import { parse } from "csv-parse/sync";
import type { CsvError } from "csv-parse";
import fc from "fast-check";
import { csvRecords } from "../../../../src/customers/import/csv-records.ts";
import { propertyRuns } from "../../../support/runs.ts";

async function* inChunks(chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
}

interface Read {
  readonly records: string[][];
  readonly fault: string | null;
}

async function readFrom(chunks: readonly string[], delimiter: string): Promise<Read> {
  const records: string[][] = [];
  try {
    for await (const list of csvRecords(inChunks(chunks), delimiter)) records.push(...list);
    return { records, fault: null };
  } catch (error) {
    return { records, fault: (error as CsvError).code };
  }
}

const delimiters = fc.constantFrom(",", ";", "\t");
const piece = fc.constantFrom("a", "汉", "𠮷", '"', '""', '","', "\n", "\r\n", ",", ";", "\t", "");
const anyChunks = fc.array(
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
  { maxLength: 8 },
);

test("a text has the same records wherever it is cut, and the same fault", async () => {
  await fc.assert(
    fc.asyncProperty(anyChunks, delimiters, async (chunks, delimiter) => {
      const whole = await readFrom([chunks.join("")], delimiter);
      expect(await readFrom(chunks, delimiter)).toEqual(whole);
    }),
    { numRuns: propertyRuns(300) },
  );
});

test("cells come as they were before they were quoted", async () => {
  const cell = fc
    .array(fc.constantFrom("a", '"', ",", "\n", "\r\n", "汉"), { maxLength: 5 })
    .map((signs) => signs.join(""));
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const text = rows
        .map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join())
        .join("\n");
      expect(await readFrom([text], ",")).toEqual({ records: rows, fault: null });
      expect(parse(text, { relax_column_count: true })).toEqual(rows);
    }),
    { numRuns: propertyRuns(200) },
  );
});

test("a quote that is never closed is refused, and the records before it come first", async () => {
  const long = Array.from({ length: 40 }, () => "x".repeat(65_536));
  expect(await readFrom(["a,b\n1,2\n", '3,"', ...long], ",")).toEqual({
    records: [
      ["a", "b"],
      ["1", "2"],
    ],
    fault: "CSV_MAX_RECORD_SIZE",
  });
  expect((await readFrom(['a,b\n1,"2'], ",")).fault).toBe("CSV_QUOTE_NOT_CLOSED");
});
