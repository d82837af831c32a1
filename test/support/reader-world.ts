import type { Pool } from "pg";
import { loadCatalog } from "../../src/catalog.ts";
import { fieldIn, typeIn } from "../../src/classification/catalog.ts";
import { migrateUp } from "../../src/database/migrate.ts";
import { createPool } from "../../src/database/pool.ts";
import type {
  CursorValues,
  FieldPart,
  Filter,
  FilterOperator,
  PageRequest,
  ReadRequest,
  SortKey,
} from "../../src/database/read-request.ts";
import { ALWAYS, type Condition } from "../../src/policy/condition.ts";
import { freshDatabase } from "./fresh-database.ts";

export const CATALOG = loadCatalog();

/** A readable id: `idOf("c", 7)` is the seventh customer's. */
export function idOf(letter: "a" | "c" | "e" | "f", number: number): string {
  return `0197${letter}000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

export const TRANSFEROR_ID = idOf("a", 1);
export const TRANSFEREE_ID = idOf("a", 2);

/** A migrated database without any rows, and a pool on it. */
export async function emptyDatabase(): Promise<{
  url: string;
  pool: Pool;
  close(): Promise<void>;
}> {
  const { url, drop } = await freshDatabase({ empty: true });
  const pool = createPool({ url });
  await migrateUp(pool);
  const close = async () => {
    await pool.end();
    await drop();
  };
  return { url, pool, close };
}

/** Rows under the given control only. */
export function controlledBy(organisationId: string): Condition {
  return { kind: "compare", attribute: "controllerId", operator: "eq", value: organisationId };
}

/** A request for parts of fields, written `fullName` for clear or `idNumber$partial`. */
export function reading({
  type = "Customer",
  parts = [],
  attributes = [],
  visible = ALWAYS,
}: {
  type?: string;
  parts?: readonly string[];
  attributes?: readonly string[];
  visible?: Condition;
}): ReadRequest {
  const definition = typeIn(CATALOG, type);
  const needed = parts.map((written) => {
    const [name = "", part = "clear"] = written.split("$");
    return [fieldIn(definition, name), new Set([part as FieldPart])] as const;
  });
  return { type: definition, visible, needs: { parts: new Map(needed), attributes } };
}

/** A page: the first three rows by id, unless told otherwise. */
export function page(wanted: Partial<PageRequest> = {}): PageRequest {
  return { filter: null, order: [], limit: 3, from: null, backwards: false, ...wanted };
}

/** A page that starts where another row stands. */
export function from(cursor: CursorValues | undefined): { from: CursorValues | null } {
  return { from: cursor ?? null };
}

/** One key of an order of customers, written `fullName` or `-fullName` for descending. */
export function by(...written: string[]): SortKey[] {
  const type = typeIn(CATALOG, "Customer");
  return written.map((name) => ({
    field: fieldIn(type, name.replace("-", "")),
    descending: name.startsWith("-"),
  }));
}

/** One test of a filter of customers. */
export function where(
  field: string,
  operator: FilterOperator,
  value: Extract<Filter, { kind: "test" }>["value"],
): Filter {
  return { kind: "test", field: fieldIn(typeIn(CATALOG, "Customer"), field), operator, value };
}

/** Adds rows to a table; each row may leave columns out. */
export async function insertRows(
  pool: Pool,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  for (const row of rows) {
    const columns = Object.keys(row);
    const numbers = columns.map((_, index) => `$${index + 1}`);
    await pool.query(
      `insert into ${table} (${columns.join(", ")}) values (${numbers.join(", ")})`,
      Object.values(row),
    );
  }
}

/** A customer of the transferor, an adult in Germany, with these columns besides. */
export function customerRow(
  number: number,
  columns: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    id: idOf("c", number),
    controller_id: TRANSFEROR_ID,
    age_band: "ADULT",
    kind: "INDIVIDUAL",
    jurisdiction: "DE",
    customer_no: `C-${number}`,
    circumstances: `of-${number}`,
    circumstances_salt: Buffer.alloc(16),
    ...columns,
  };
}
