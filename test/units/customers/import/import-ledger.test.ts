import { AGES } from "../../../support/ages.ts";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  importLedger,
  type ImportSummary,
} from "../../../../src/customers/import/import-ledger.ts";
import { inspectLedger } from "../../../../src/customers/import/ledger-inspection.ts";
import { chineseMapping, ledgerPath } from "../../../support/judge-ledger.ts";
import { Killed, MemoryImportStore } from "../../../support/memory-import-store.ts";

const now = new Date("2025-06-01T00:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "custodia-import-"));
const reportPath = join(folder, "report.csv");
const expected = readFileSync(ledgerPath("small-ledger.expected.csv"), "utf8");
const report = (): string => readFileSync(reportPath, "utf8").replace("\uFEFF", "");

afterAll(() => rmSync(folder, { recursive: true }));

async function run(memory: MemoryImportStore | null, day = now): Promise<ImportSummary> {
  return importLedger({
    inspection: await inspectLedger(ledgerPath("small-ledger.csv")),
    mapping: await chineseMapping(),
    organisationId: "0199e5a0-0000-7000-8000-000000000001",
    store: memory?.store ?? null,
    reportPath,
    batchSize: 4,
    now: day,
    agesIn: AGES,
  });
}

const counts = { ACCEPTED: 5, UNCHANGED: 1, REJECTED: 12 };

test("an import writes what it accepts, reports every row and leaves no checkpoint", async () => {
  const memory = new MemoryImportStore();
  expect(await run(memory)).toMatchObject({ counts, resumedAfterRow: 0, lastRow: 18 });
  expect([...memory.customers.keys()]).toEqual(["K001", "K002", "K003", "K004", "K018"]);
  expect(memory.checkpoint).toBeNull();
  expect(report()).toBe(expected);
});

test("a dry run reports the same and writes nothing", async () => {
  expect(await run(null)).toMatchObject({ counts, resumedAfterRow: 0, lastRow: 18 });
  expect(report()).toBe(expected);
});

test("the same file again changes nothing", async () => {
  const memory = new MemoryImportStore();
  await run(memory);
  const before = new Map(memory.customers);
  expect((await run(memory)).counts).toEqual({ ACCEPTED: 0, UNCHANGED: 6, REJECTED: 12 });
  expect(memory.customers).toEqual(before);
});

test.each([2, 3, 4, 5])(
  "killed at commit %i, it goes on behind the batch before",
  async (diesAtCommit) => {
    const memory = new MemoryImportStore();
    memory.diesAtCommit = diesAtCommit;
    await expect(run(memory)).rejects.toThrow(Killed);
    // A year later the child of row 14 is old enough; an import that began earlier keeps its day.
    const resumed = await run(memory, new Date("2027-06-01T00:00:00Z"));
    expect(resumed).toMatchObject({ counts, resumedAfterRow: (diesAtCommit - 1) * 4, lastRow: 18 });
    expect(report()).toBe(expected);
  },
);

test("a batch that meets another writer is compared anew", async () => {
  const memory = new MemoryImportStore();
  memory.conflictsAtCommit = 2;
  expect((await run(memory)).counts).toEqual(counts);
  expect(memory.commits).toBe(6);
  expect(report()).toBe(expected);
});

test("lines of a batch that was never committed are cut off the report", async () => {
  const memory = new MemoryImportStore();
  memory.diesAtCommit = 3;
  await expect(run(memory)).rejects.toThrow(Killed);
  appendFileSync(reportPath, "9,K009,REJ");
  await run(memory);
  expect(report()).toBe(expected);
});

test("a report that was lost is written again from the first row", async () => {
  const memory = new MemoryImportStore();
  memory.diesAtCommit = 3;
  await expect(run(memory)).rejects.toThrow(Killed);
  rmSync(reportPath);
  await run(memory);
  expect(report()).toBe(expected);
});
