import { combine } from "./sql-logic.ts";
import type { Stretch } from "./stretches.ts";

/** What the select of a page is made of. */
export interface PageParts {
  /** Expressions, which become `c0`, `c1` … */
  readonly columns: readonly string[];
  readonly from: string;
  /** Predicates that hold in every stretch. */
  readonly where: readonly string[];
  readonly stretches: readonly Stretch[];
  /** Most rows, as SQL. */
  readonly limit: string;
  /** Adds the place of each row on the page as `n`. */
  readonly isNumbered: boolean;
}

/** The select of one page. Of several stretches each is read as far as the page may need it. */
export function selectPage(parts: PageParts): string {
  const { columns, stretches, limit, isNumbered } = parts;
  const [only] = stretches;
  if (only !== undefined && stretches.length === 1) {
    return selectStretch(parts, only, isNumbered ? [numbered(only.orderBy, "n")] : []);
  }
  const selects = stretches.map((stretch, place) => {
    const extra = [`${place} as stretch`, numbered(stretch.orderBy, "place")];
    return `(${selectStretch(parts, stretch, extra)})`;
  });
  const order = "s.stretch, s.place";
  const names = columns.map((_, index) => `c${index}`);
  if (isNumbered) names.push(numbered(order, "n"));
  return `select ${names.join(", ")} from (${selects.join(" union all ")}) s
    order by ${order} limit ${limit}`;
}

function selectStretch(
  { columns, from, where, limit }: PageParts,
  stretch: Stretch,
  extra: readonly string[],
): string {
  const selected = [...columns.map((column, index) => `${column} as c${index}`), ...extra];
  return `select ${selected.join(", ")} from ${from}
    where ${combine("all", [...where, ...stretch.where])}
    order by ${stretch.orderBy} limit ${limit}`;
}

function numbered(order: string, name: string): string {
  return `row_number() over (order by ${order}) as ${name}`;
}
