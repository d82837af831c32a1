import { AGES } from "./ages.ts";
import { join } from "node:path";
import {
  type ColumnMapping,
  loadColumnMapping,
} from "../../src/customers/import/column-mapping.ts";
import { createRowJudge, type RowOutcome } from "../../src/customers/import/import-rows.ts";
import { inspectLedger } from "../../src/customers/import/ledger-inspection.ts";
import { readLedger } from "../../src/customers/import/ledger-reader.ts";

/** The mapping that is used when an import names none. */
export function chineseMapping(): Promise<ColumnMapping> {
  return loadColumnMapping(join(import.meta.dirname, "../../seeds/mappings/chinese-ledger.yaml"));
}

/** Path of one of the made-up ledgers. */
export function ledgerPath(name: string): string {
  return join(import.meta.dirname, "ledgers", name);
}

/** Outcome of every row of a file, as an import on a day would judge it. */
export async function judgeLedger({
  path,
  now,
}: {
  path: string;
  now: Date;
}): Promise<RowOutcome[]> {
  const judge = createRowJudge({ mapping: await chineseMapping(), now, agesIn: AGES });
  const outcomes: RowOutcome[] = [];
  for await (const rows of readLedger({ inspection: await inspectLedger(path) }))
    outcomes.push(...rows.map(judge));
  return outcomes;
}
