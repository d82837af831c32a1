import { KEY_COLUMNS } from "./row-assembler.ts";
import type { RowShape } from "./row-shape.ts";

/**
 * Puts a select around the rows of a read where they alone aren't the result: it runs them once
 * for each parent, and joins the newest wrapped key of each row's customer. The keys are looked up
 * out here so that it happens for the rows of the page only, not for all that were sorted for it.
 */
export function enclose({
  rows,
  shape,
  parents,
  isOrdered,
}: {
  /** A select of the shape's columns as `c0`, `c1` … and, when ordered, of their number as `n`. */
  rows: string;
  shape: RowShape;
  /** List of parents' ids, as SQL, to which `rows` refers as `p.id`. */
  parents: string | null;
  isOrdered: boolean;
}): string {
  if (!isEnclosed(shape, parents)) return rows;
  const columns = [
    ...shape.columns.map((_, index) => `r.c${index}`),
    ...(shape.keyOf === null ? [] : KEY_COLUMNS.map((column) => `k.${column}`)),
    ...(parents === null ? [] : ["p.id"]),
  ];
  const order = [...(parents === null ? [] : ["p.n"]), ...(isOrdered ? ["r.n"] : [])];
  return [
    `select ${columns.join(", ")} from`,
    parents === null ? "" : `unnest(${parents}) with ordinality p(id, n) cross join lateral`,
    `(${rows}) r`,
    shape.keyOf === null ? "" : newestKeyOf(`r.c${shape.keyOf}`),
    order.length === 0 ? "" : `order by ${order.join(", ")}`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** True when a read isn't just its rows, which then have to be numbered to keep their order. */
export function isEnclosed(shape: RowShape, parents: string | null): boolean {
  return shape.keyOf !== null || parents !== null;
}

function newestKeyOf(customerId: string): string {
  return `left join lateral (
    select ${KEY_COLUMNS.join(", ")} from customer_key
    where customer_id = ${customerId} order by key_version desc limit 1) k on true`;
}
