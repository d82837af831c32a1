import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";

interface Parts {
  readonly china: unknown;
  readonly Random: new (from: { seed: number; stream: number }) => {
    onceIn(times: number): boolean;
  };
  readonly personRecord: (of: object) => Record<string, string | null>;
  readonly companyRecord: (of: object) => Record<string, string | null>;
  readonly CUSTOMER_FIELDS: readonly string[];
}

/** A company among so many customers. */
const PEOPLE_FOR_A_COMPANY = 16;

/**
 * Writes a ledger of made-up Chinese customers as CSV: about ten sealed values a row, mobile numbers as
 * such ledgers write them. The same rows on every machine.
 */
export async function writeMadeUpLedger({
  path,
  rows,
}: {
  path: string;
  rows: number;
}): Promise<void> {
  const parts = await loadParts();
  const headings = parts.CUSTOMER_FIELDS.filter((field) => field !== "address");
  const file = createWriteStream(path);
  file.write(`${headings.join(",")}\n`);
  for (let row = 0; row < rows; row += 1) {
    const record = madeUp(parts, row);
    const line = headings.map((field) => cell(record[field] ?? "")).join(",");
    if (!file.write(`${line}\n`)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
}

async function loadParts(): Promise<Parts> {
  const dist = (path: string): string => join(import.meta.dirname, "../dist", path);
  return {
    ...(await import(dist("seeds/countries/china.js"))),
    ...(await import(dist("seeds/random.js"))),
    ...(await import(dist("seeds/made-up-record.js"))),
    ...(await import(dist("src/customers/customer-record.js"))),
  } as Parts;
}

function madeUp(parts: Parts, row: number): Record<string, string | null> {
  const random = new parts.Random({ seed: 7, stream: row });
  const { china: country } = parts;
  const isPerson = !random.onceIn(PEOPLE_FOR_A_COMPANY);
  const record = isPerson
    ? parts.personRecord({ random, country, reasons: [] })
    : parts.companyRecord({ random, country });
  return {
    kind: "INDIVIDUAL",
    ...record,
    customerNo: `BENCH-${1_000_000 + row}`,
    phone: record["phone"]?.replace(/^\+86/, "") ?? null,
  };
}

function cell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
