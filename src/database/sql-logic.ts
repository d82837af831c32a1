export const TRUE = "true";
export const FALSE = "false";

/** Joins predicates; none of them at all is true of `all` and false of `any`. */
export function combine(kind: "all" | "any", parts: readonly string[]): string {
  if (parts.length === 0) return kind === "all" ? TRUE : FALSE;
  return `(${parts.join(kind === "all" ? " and " : " or ")})`;
}

/** The opposite of a two-valued predicate. */
export function negate(predicate: string): string {
  return `not (${predicate})`;
}

/**
 * SQL knows a third truth value, unknown. Where a predicate has to be true for a row to be found,
 * unknown counts as false by itself, so comparisons stay plain and indexes can serve them; below
 * a `not` it would turn into a wrong answer, so there it is read as false first.
 */
export function leaf(predicate: string, isNegated: boolean): string {
  return isNegated && predicate !== FALSE ? `coalesce(${predicate}, false)` : predicate;
}
