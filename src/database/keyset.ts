import { fieldIn, type TypeDefinition } from "../classification/catalog.ts";
import { invariant } from "../lib/invariant.ts";
import { ROW_ALIAS } from "./read-source.ts";
import type { CursorValues, SortKey } from "./read-request.ts";
import { kindOf, type SqlColumn } from "./sql-kind.ts";
import { combine, FALSE } from "./sql-logic.ts";
import type { SqlParameters } from "./sql-parameters.ts";

/** One key of a total order; rows without a value come last, whatever the direction. */
export interface OrderColumn extends SqlColumn {
  readonly descending: boolean;
  readonly isNullable: boolean;
}

/**
 * The columns of an order. What is last makes it total: the id, or the place of the rows in the
 * sequence of their type, after which no other key says anything. The id goes the way of the key before
 * it, so that one index gives the order in both directions.
 */
export function orderColumns(order: readonly SortKey[], type: TypeDefinition): OrderColumn[] {
  const columns: OrderColumn[] = [];
  for (const { field, descending } of order) {
    const isLast = field.name === type.sequence?.field;
    const sql = `${ROW_ALIAS}.${field.column}`;
    columns.push({ sql, kind: kindOf(field), descending, isNullable: !isLast });
    if (isLast) return columns;
  }
  return [...columns, lastColumn(type, columns.at(-1)?.descending ?? false)];
}

function lastColumn(type: TypeDefinition, descending: boolean): OrderColumn {
  if (type.sequence === null)
    return { sql: `${ROW_ALIAS}.id`, kind: "uuid", descending, isNullable: false };
  const field = fieldIn(type, type.sequence.field);
  const sql = `${ROW_ALIAS}.${field.column}`;
  return { sql, kind: kindOf(field), descending: true, isNullable: false };
}

/** The list of an `order by`; backwards is the exact mirror image, so nulls come first there. */
export function orderBy(columns: readonly OrderColumn[], backwards: boolean): string {
  return columns
    .map(({ sql, descending, isNullable }) => {
      const direction = descending === backwards ? "asc" : "desc";
      return `${sql} ${direction}${isNullable ? ` nulls ${backwards ? "first" : "last"}` : ""}`;
    })
    .join(", ");
}

/** How a cursor takes a sort value: exactly, where a JavaScript value would lose some of it. */
export function cursorColumn({ sql, kind }: SqlColumn): string {
  return kind === "timestamptz" ? `${sql}::text` : sql;
}

/** True for the rows that come after `from` in an order, or before it when reading backwards. */
export function beyond({
  columns,
  from,
  backwards,
  parameters,
}: {
  columns: readonly OrderColumn[];
  from: CursorValues;
  backwards: boolean;
  parameters: SqlParameters;
}): string {
  invariant(from.length === columns.length, "a cursor has a value for every key of its order");
  if (columns.length > 1 && isOneRange(columns))
    return beyondAll({ columns, from, backwards, parameters });
  return columns.reduceRight((rest, column, index) => {
    const value = from[index] ?? null;
    const parameter = value === null ? null : parameters.add(value, column.kind);
    const further = furtherThan(column, parameter, backwards);
    const isLast = index === columns.length - 1;
    if (isLast) return further;
    const level = parameter === null ? `${column.sql} is null` : `${column.sql} = ${parameter}`;
    const tied = combine("all", [level, rest]);
    return further === FALSE ? tied : combine("any", [further, tied]);
  }, FALSE);
}

/** Keys that all have values and go one way are compared as a whole, which an index on them can do. */
function isOneRange(columns: readonly OrderColumn[]): boolean {
  return columns.every(
    ({ isNullable, descending }) => !isNullable && descending === columns[0]?.descending,
  );
}

function beyondAll({ columns, from, backwards, parameters }: Parameters<typeof beyond>[0]): string {
  const values = columns.map(({ kind }, index) => parameters.add(from[index] ?? null, kind));
  const sign = columns[0]?.descending === backwards ? ">" : "<";
  return `(${columns.map(({ sql }) => sql).join(", ")}) ${sign} (${values.join(", ")})`;
}

function furtherThan(column: OrderColumn, parameter: string | null, backwards: boolean): string {
  const { sql, descending, isNullable } = column;
  // Nulls are last: nothing comes after them, everything else before them.
  if (parameter === null) return backwards ? `${sql} is not null` : FALSE;
  const past = `${sql} ${descending === backwards ? ">" : "<"} ${parameter}`;
  return isNullable && !backwards ? `(${past} or ${sql} is null)` : past;
}
