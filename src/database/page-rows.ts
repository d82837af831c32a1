import type { Blocks } from "./blocks.ts";
import { ROW_ALIAS } from "./read-source.ts";
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

/**
 * The select of a page that is looked for block by block, in the order of the blocks: of each no more
 * rows are taken than the page has, and no block is opened after the page is full.
 */
export function selectThroughBlocks(
  parts: Omit<PageParts, "stretches"> & { readonly stretch: Stretch },
  { table, blocks }: { table: string; blocks: Blocks },
): string {
  const { columns, where, stretch, limit, isNumbered } = parts;
  const order = `b.block ${blocks.descending ? "desc" : "asc"}, ${stretch.orderBy}`;
  // What stands before an offset is not taken apart by the planner: a block is read by its places.
  const block = `select * from ${table} ${ROW_ALIAS} where ${blocks.holds} order by ${stretch.orderBy} offset 0`;
  const found = `select * from (${block}) ${ROW_ALIAS}
    where ${combine("all", [...where, ...stretch.where])} order by ${stretch.orderBy} limit ${limit}`;
  const from = `(${blocks.select}) b cross join lateral (${found}) ${ROW_ALIAS}`;
  const through = { columns, from, where: [], limit };
  return selectStretch(
    { ...through, stretches: [], isNumbered },
    { where: [], orderBy: order },
    isNumbered ? [numbered(order, "n")] : [],
  );
}
