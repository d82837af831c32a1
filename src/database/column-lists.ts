import type { SqlKind } from "./sql-kind.ts";

/** Kinds of columns that can be written in lists: also those that no filter compares. */
export type ListedKind = SqlKind | "cidr[]";

/** A column of many rows, as one parameter of a statement. */
export interface ColumnList {
  readonly column: string;
  readonly kind: ListedKind;
  readonly values: readonly unknown[];
}

/**
 * Many rows as a table that a statement can read: one array parameter for each column, so that the
 * text of the statement does not depend on the number of rows and its plan is made once. Lists
 * travel as array literals, because `unnest` would flatten an array of arrays.
 */
export function rowsFromLists(lists: readonly ColumnList[]): {
  /** `c1, c2::uuid[], …`: the columns in their own types. */
  readonly select: string;
  /** `unnest($1::text[], …) AS given (c1, …)`. */
  readonly from: string;
  readonly values: readonly unknown[];
} {
  const casts = lists.map(({ kind }) => (isList(kind) ? "text" : kind));
  return {
    select: lists
      .map(({ column, kind }) => (isList(kind) ? `given.${column}::${kind}` : `given.${column}`))
      .join(", "),
    from: `unnest(${casts.map((kind, at) => `$${at + 1}::${kind}[]`).join(", ")}) AS given (${lists
      .map(({ column }) => column)
      .join(", ")})`,
    values: lists.map(({ kind, values }) =>
      isList(kind)
        ? values.map((value) => arrayLiteral(value as readonly string[] | null))
        : values,
    ),
  };
}

/** True for a column whose every value is a list. */
export function isList(kind: ListedKind): boolean {
  return kind.endsWith("[]");
}

function arrayLiteral(items: readonly string[] | null): string | null {
  if (items === null) return null;
  return `{${items.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
