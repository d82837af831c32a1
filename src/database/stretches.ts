import { beyond, orderBy, type OrderColumn } from "./keyset.ts";
import type { CursorValues } from "./read-request.ts";
import type { SqlParameters } from "./sql-parameters.ts";

/** A part of an order that can be read from an index on its first key. */
export interface Stretch {
  readonly where: readonly string[];
  readonly orderBy: string;
}

interface Reading {
  /** The keys of the order; the last is the id. */
  readonly columns: readonly OrderColumn[];
  readonly from: CursorValues | null;
  readonly backwards: boolean;
  readonly parameters: SqlParameters;
}

/**
 * Cuts what is left of an order from a cursor on into stretches, in the order of reading. No index
 * gives "nulls last" in both directions, and none serves "greater or null"; but the rows that have
 * a value of the first key are one range of it, and those that have none are another.
 */
export function stretchesOf(reading: Reading): Stretch[] {
  const [first, ...rest] = reading.columns;
  if (first === undefined || !first.isNullable) return [stretch(reading, [])];
  const { from, backwards } = reading;
  const isAmongNulls = from !== null && (from[0] ?? null) === null;
  const isAmongValues = from !== null && !isAmongNulls;
  const values = stretch(
    {
      ...reading,
      columns: [{ ...first, isNullable: false }, ...rest],
      from: isAmongValues ? from : null,
    },
    [`${first.sql} is not null`, ...bound({ ...reading, column: first })],
  );
  const nulls = stretch({ ...reading, columns: rest, from: isAmongNulls ? from.slice(1) : null }, [
    `${first.sql} is null`,
  ]);
  if (backwards) return isAmongValues ? [values] : [nulls, values];
  return isAmongNulls ? [nulls] : [values, nulls];
}

function stretch({ columns, from, backwards, parameters }: Reading, where: string[]): Stretch {
  const further = from === null ? [] : [beyond({ columns, from, backwards, parameters })];
  return { where: [...where, ...further], orderBy: orderBy(columns, backwards) };
}

/** Follows from the exact predicate; said again because an index can only use this part of it. */
function bound({
  column,
  from,
  backwards,
  parameters,
}: Omit<Reading, "columns"> & { column: OrderColumn }): string[] {
  const value = from?.[0] ?? null;
  if (value === null) return [];
  const sign = column.descending === backwards ? ">=" : "<=";
  return [`${column.sql} ${sign} ${parameters.add(value, column.kind)}`];
}
