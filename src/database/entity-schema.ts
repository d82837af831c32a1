import { EntitySchema } from "@mikro-orm/postgresql";
import type { TypeDefinition } from "../classification/catalog.ts";
import { camelCase } from "../lib/camel-case.ts";
import { bookkeepingColumns, primaryKeyOf } from "./bookkeeping-columns.ts";
import type { SqlKind } from "./sql-kind.ts";
import { isGenerated, tableColumns } from "./table-columns.ts";

/** A row as the unit of work holds it: each column in camel case, such as `idNumberSealed`. */
export type StoredRow = Record<string, unknown>;

/** Column that counts the changes of a row, for optimistic locking. */
const VERSION = "version";

/** How the ORM carries each kind of column: dates and numerics as text, bytes as Buffers. */
const ORM_TYPES: Readonly<Record<SqlKind, { type: string; columnType?: string }>> = {
  uuid: { type: "uuid" },
  text: { type: "text" },
  boolean: { type: "boolean" },
  integer: { type: "integer" },
  bigint: { type: "bigint" },
  date: { type: "date" },
  numeric: { type: "decimal" },
  bytea: { type: "blob" },
  timestamptz: { type: "datetime", columnType: "timestamptz" },
  "uuid[]": { type: "array", columnType: "uuid[]" },
  "text[]": { type: "array", columnType: "text[]" },
};

/**
 * The entity of a guarded type, for writes of single rows. Only keys are said to be required:
 * what a row must have is in the migrations, and a second copy of it here would go stale.
 */
export function entitySchemaOf(type: TypeDefinition): EntitySchema<StoredRow> {
  const primaryKey = primaryKeyOf(type);
  const columns = new Map([...tableColumns(type), ...bookkeepingColumns(type)]);
  const properties = [...columns].map(([column, kind]) => [
    camelCase(column),
    {
      ...ORM_TYPES[kind],
      fieldName: column,
      ...(primaryKey.includes(column) ? { primary: true } : { nullable: true }),
      ...(isGenerated(type, column) ? { persist: false } : {}),
      ...(column === VERSION ? { version: true } : {}),
    },
  ]);
  return new EntitySchema<StoredRow>({
    name: type.name,
    tableName: type.table,
    properties: Object.fromEntries(properties),
  });
}
