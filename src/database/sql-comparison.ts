import { invariant } from "../lib/invariant.ts";
import type { Comparison, Scalar } from "../policy/condition.ts";
import { canHold, itemKind, type SqlColumn } from "./sql-kind.ts";
import { FALSE } from "./sql-logic.ts";
import type { SqlParameters } from "./sql-parameters.ts";

/** Comparisons of order, and how SQL writes them. */
export const ORDER_OPERATORS: Readonly<Record<Exclude<Comparison, "eq">, string>> = {
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
};

interface Comparand<T> {
  readonly column: SqlColumn;
  readonly parameters: SqlParameters;
  readonly value: T;
}

interface Comparands<T> extends Omit<Comparand<T>, "value"> {
  readonly values: readonly T[];
}

/** The column holds the value; never, when it is of a kind that the column can't hold. */
export function equals({ column, value, parameters }: Comparand<Scalar>): string {
  if (!canHold(column.kind, value)) return FALSE;
  return `${column.sql} = ${parameters.add(value, column.kind)}`;
}

/**
 * The column holds one of the values; those that it can't hold are left out. A single one is
 * compared plainly: below `any` an index loses the order in which a page could be read from it.
 */
export function isAnyOf({ column, values, parameters }: Comparands<Scalar | Buffer>): string {
  const held = values.filter((value) => canHold(column.kind, value));
  const [first] = held;
  if (first === undefined) return FALSE;
  if (held.length === 1) return `${column.sql} = ${parameters.add(first, column.kind)}`;
  return `${column.sql} = any(${parameters.add(held, `${column.kind}[]`)})`;
}

/** The column's list has one of the values among its items. */
export function overlaps({ column, values, parameters }: Comparands<Scalar>): string {
  const items = itemKind(column.kind);
  const held = items === null ? [] : values.filter((value) => canHold(items, value));
  if (held.length === 0) return FALSE;
  return `${column.sql} && ${parameters.add(held, column.kind)}`;
}

/**
 * The column's value comes before or after another, in the order that JavaScript gives the values
 * of a row: text by code point, a date or uuid as it is written. It holds for values that the
 * column could never have, too, such as 1.5 beside whole numbers.
 */
export function isOrdered(
  operator: keyof typeof ORDER_OPERATORS,
  { column, value, parameters }: Comparand<Scalar>,
): string {
  const sign = ORDER_OPERATORS[operator];
  switch (column.kind) {
    case "boolean":
      if (typeof value !== "boolean") return FALSE;
      return `${column.sql} ${sign} ${parameters.add(value, "boolean")}`;
    case "integer":
      if (typeof value !== "number" || Number.isNaN(value)) return FALSE;
      return canHold("integer", value)
        ? `${column.sql} ${sign} ${parameters.add(value, "integer")}`
        : `${column.sql}::float8 ${sign} ${parameters.add(value, "float8")}`;
    case "uuid":
    case "date":
    case "text": {
      if (typeof value !== "string") return FALSE;
      if (column.kind !== "text" && canHold(column.kind, value))
        return `${column.sql} ${sign} ${parameters.add(value, column.kind)}`;
      invariant(canHold("text", value), "a condition orders text that no row can hold");
      return `${column.sql}::text collate "C" ${sign} ${parameters.add(value, "text")}`;
    }
    default:
      return FALSE;
  }
}
