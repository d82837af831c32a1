import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import iconv from "iconv-lite";
import { inspectLedger } from "../../../../src/customers/import/ledger-inspection.ts";
import { readLedger } from "../../../../src/customers/import/ledger-reader.ts";
import type { LedgerRow } from "../../../../src/customers/import/ledger-row.ts";

const folder = mkdtempSync(join(tmpdir(), "custodia-reader-"));
const path = join(folder, "ledger");

afterAll(() => rmSync(folder, { recursive: true }));

async function rowsOf(content: Buffer | string): Promise<LedgerRow[]> {
  writeFileSync(path, content);
  const rows: LedgerRow[] = [];
  for await (const list of readLedger({ inspection: await inspectLedger(path) }))
    rows.push(...list);
  return rows;
}

test("rare signs survive GB18030, wherever the chunks are cut", async () => {
  // 𠮷 takes four bytes; the padding moves it over every position of a chunk's end.
  for (let padding = 65_530; padding < 65_537; padding++) {
    const filler = "x".repeat(padding - 4);
    const rows = await rowsOf(iconv.encode(`a\n${filler}𠮷田·Seán㐀\n`, "gb18030"));
    expect(rows[0]?.cells).toEqual([`${filler}𠮷田·Seán㐀`]);
  }
});

test("a sign beyond ASCII in the last row settles the encoding", async () => {
  const plain = `a,b\n${"1,2\n".repeat(50_000)}`;
  expect((await rowsOf(iconv.encode(`${plain}1,张三\n`, "gb18030"))).at(-1)?.cells).toEqual([
    "1",
    "张三",
  ]);
  expect((await rowsOf(`${plain}1,张三\n`)).at(-1)?.cells).toEqual(["1", "张三"]);
});

test("bytes that are no text in any encoding stop the reading", async () => {
  await expect(rowsOf(Buffer.from([0x61, 0x0a, 0xff, 0xff, 0x0a]))).rejects.toThrow(
    "not GB18030 before byte",
  );
});

test("quotes hold line ends and quotes; a quote within plain text is itself", async () => {
  const rows = await rowsOf('a,b\r\n"1 ""x""\r\n2",3\r\n4"5",6\r\n');
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['1 "x"\r\n2', "3"],
    ['4"5"', "6"],
  ]);
});

test("a quote that is never closed is an error, not a long wait", async () => {
  await expect(rowsOf('a,b\n1,"2\n3,4\n')).rejects.toThrow("after row 0: CSV_QUOTE_NOT_CLOSED");
});

test("empty lines are no rows, and a row of another width is marked", async () => {
  const rows = await rowsOf("a,b\n\n1,2\n\n3\n");
  expect(rows.map(({ row, damage }) => [row, damage])).toEqual([
    [1, null],
    [2, "columnCount"],
  ]);
});

test("an empty file has no rows", async () => {
  expect(await rowsOf("")).toEqual([]);
});

test("the digest is that of the bytes, and every byte is counted", async () => {
  writeFileSync(path, "a\n1\n");
  const inspection = await inspectLedger(path);
  expect(inspection).toMatchObject({ bytes: 4, encoding: "utf-8", format: "csv", delimiter: "," });
  expect(inspection.digest).toMatch(/^[0-9a-f]{64}$/u);
  let seen = 0;
  const source = { inspection, onBytes: (bytes: number) => (seen = bytes) };
  for await (const _rows of readLedger(source));
  expect(seen).toBe(4);
});
