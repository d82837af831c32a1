import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../classification/catalog.ts";
import type { Policy } from "../policy/rule.ts";
import { decisionTables } from "./decision-table.ts";
import { DemoRows } from "./demo-rows.ts";
import { matrixCases } from "./matrix-cases.ts";
import { readMatrix } from "./matrix.ts";
import type { PolicyCase } from "./policy-case.ts";
import { casesOf } from "./table-cases.ts";

/**
 * Every case that is written in a folder of tables.
 *
 * @throws BootError with file and line of what is not written as it must be
 */
export function readCases({
  folder,
  policy,
  catalog,
}: {
  folder: string;
  policy: Policy;
  catalog: Catalog;
}): PolicyCase[] {
  const rows = new DemoRows(catalog, folder);
  const tables = decisionTables(folder).flatMap((written) => casesOf({ written, rows, catalog }));
  if (!existsSync(join(folder, "matrix.yaml"))) return tables;
  return [...tables, ...matrixCases({ written: readMatrix(folder), policy, rows, catalog })];
}
