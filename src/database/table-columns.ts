import type { TypeDefinition } from "../classification/catalog.ts";
import { storedColumnsOf } from "../classification/stored-columns.ts";
import { kindOf, type SqlKind } from "./sql-kind.ts";

/**
 * Columns of customers that follow from others: PostgreSQL reckons them, some by triggers. No change may write them; of
 * a new customer the circumstances come with it (`customer-writer.ts`).
 */
const GENERATED_COLUMNS: ReadonlySet<string> = new Set([
  "export_key",
  "circumstances",
  "circumstances_salt",
  "transfer_ids",
]);

/** Whether a column of a type's table follows from others, so that no change may write it. */
export function isGenerated({ table }: TypeDefinition, column: string): boolean {
  return table === "customer" && GENERATED_COLUMNS.has(column);
}

/** Every column of a guarded type's table that the catalog knows, with its kind. */
export function tableColumns(type: TypeDefinition): ReadonlyMap<string, SqlKind> {
  const columns = new Map<string, SqlKind>();
  for (const { column, kind } of type.attributes.values()) columns.set(column, kind);
  for (const field of type.fields.values()) {
    const { clear, sealed, partial, coarse, index } = storedColumnsOf(field);
    if (clear !== null && !columns.has(clear)) columns.set(clear, kindOf(field));
    for (const column of [sealed, index]) if (column !== null) columns.set(column, "bytea");
    for (const column of [partial, coarse]) if (column !== null) columns.set(column, "text");
  }
  return columns;
}
