import type { Catalog, FieldDefinition } from "../classification/catalog.ts";
import { storedColumnsOf } from "../classification/stored-columns.ts";
import { invariant } from "../lib/invariant.ts";
import type { Filter } from "./read-request.ts";
import { ROW_ALIAS } from "./read-source.ts";
import { type CountRequest, predicates, scopeOf } from "./read-statements.ts";
import type { Statement } from "./run-statement.ts";
import { combine } from "./sql-logic.ts";

/** A field by which rows are counted in groups, in the form in which it makes them. */
export interface GroupKey {
  readonly field: FieldDefinition;
  readonly part: "clear" | "coarse";
}

/** What is counted in groups, and which counts are told. */
export interface Grouping {
  readonly filter: Filter | null;
  readonly by: readonly GroupKey[];
  /** Rows that a group must have; counts are rounded down to a multiple of it. */
  readonly smallest: number;
  /** Groups to read at most. */
  readonly most: number;
}

/** Counts that may be told. */
export interface GroupCounts {
  /** All rows, in steps of the smallest group; null where there are fewer. */
  readonly total: number | null;
  /** Largest first, equal ones in the order of their values, so that the order tells no more. */
  readonly groups: readonly {
    readonly values: readonly (string | null)[];
    readonly count: number;
  }[];
}

/**
 * The sizes of groups of rows and of them all, in one statement. A count below the smallest group
 * doesn't leave the database, and of the others only the steps do.
 */
export function countGroups(
  catalog: Catalog,
  request: CountRequest,
  grouping: Grouping,
): Statement {
  const scope = scopeOf(catalog, request);
  const where = combine("all", predicates(scope, grouping.filter));
  const smallest = scope.parameters.add(grouping.smallest, "bigint");
  const steps = `(count(*) / ${smallest} * ${smallest})::integer`;
  const from = `from ${scope.source.from} where ${where}`;
  const told = `having count(*) >= ${smallest}`;
  const columns = grouping.by.map(columnOf);
  const [first] = columns;
  const { values } = scope.parameters;
  if (first === undefined) return { text: `select ${steps}, 1 ${from} ${told}`, values };
  const keys = columns.map((column) => `${column}::text`);
  const order = keys.map((key) => `${key} collate "C" nulls last`);
  const most = scope.parameters.add(grouping.most + 1, "bigint");
  return {
    text: `select ${steps}, grouping(${first}), ${keys.join(", ")} ${from} group by grouping sets ((), (${columns.join(", ")})) ${told} order by 2 desc, 1 desc, ${order.join(", ")} limit ${most}`,
    values,
  };
}

/** What the rows of the statement say. */
export function toGroupCounts(rows: readonly (readonly unknown[])[]): GroupCounts {
  const isTotal = (row: readonly unknown[]): boolean => row[1] === 1;
  return {
    total: (rows.find(isTotal)?.[0] as number | undefined) ?? null,
    groups: rows
      .filter((row) => !isTotal(row))
      .map(([count, , ...values]) => ({
        count: count as number,
        values: values as (string | null)[],
      })),
  };
}

function columnOf({ field, part }: GroupKey): string {
  const column = storedColumnsOf(field)[part];
  invariant(column !== null, `${field.type}.${field.name} has no stored ${part}`);
  return `${ROW_ALIAS}.${column}`;
}
