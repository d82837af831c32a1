import type { Catalog } from "../classification/catalog.ts";
import { invariant } from "../lib/invariant.ts";
import { blocksOf } from "./blocks.ts";
import { enclose, isEnclosed } from "./enclose.ts";
import { orderColumns } from "./keyset.ts";
import { selectPage, selectThroughBlocks } from "./page-rows.ts";
import type { Filter, PageRequest, ReadRequest } from "./read-request.ts";
import { type ReadSource, ROW_ALIAS, sourceOf } from "./read-source.ts";
import { type RowShape, shapeOf } from "./row-shape.ts";
import type { Statement } from "./run-statement.ts";
import { conditionToSql } from "./sql-condition.ts";
import { filterToSql } from "./sql-filter.ts";
import { combine } from "./sql-logic.ts";
import { SqlParameters } from "./sql-parameters.ts";
import { stretchesOf } from "./stretches.ts";

/** A statement and what its rows look like. */
export interface Read {
  readonly statement: Statement;
  readonly shape: RowShape;
}

/** The rows of a nested connection: those whose column names one of the parents. */
export interface Parents {
  /** A column of the table that is read, such as `transfer_id`; written in code, never received. */
  readonly column: string;
  readonly parentIds: readonly string[];
}

/** What a count is asked about. */
export type CountRequest = Omit<ReadRequest, "needs">;

/** A source with the rows of it that the caller may reach. */
export interface Scope {
  readonly source: ReadSource;
  readonly parameters: SqlParameters;
  readonly visible: string;
}

/** The rows with these ids. */
export function readByIds(catalog: Catalog, request: ReadRequest, ids: readonly string[]): Read {
  const { source, parameters, visible } = scopeOf(catalog, request);
  const shape = shapeOf({ source, needs: request.needs, order: [] });
  const where = combine("all", [
    `${ROW_ALIAS}.id = any(${parameters.add(ids, "uuid[]")})`,
    visible,
  ]);
  const rows = `select ${aliased(shape.columns)} from ${source.from} where ${where}`;
  const text = enclose({ rows, shape, parents: null, isOrdered: false });
  return { shape, statement: { text, values: parameters.values } };
}

/** One page; for nested connections one page for each parent, whose id is the last column. */
export function readPage(
  catalog: Catalog,
  { request, page, parents }: { request: ReadRequest; page: PageRequest; parents?: Parents },
): Read {
  const scope = scopeOf(catalog, request);
  const { source, parameters } = scope;
  const columns = orderColumns(page.order, request.type);
  const shape = shapeOf({ source, needs: request.needs, order: columns });
  const parentIds = parents === undefined ? null : parameters.add(parents.parentIds, "uuid[]");
  const from = fenced(scope, page.filter);
  const where = [
    ...(parents === undefined ? [] : [`${ROW_ALIAS}.${columnName(parents)} = p.id`]),
    ...predicates(scope, page.filter),
  ];
  const stretches = stretchesOf({ ...page, columns, parameters });
  const parts = {
    columns: shape.columns,
    from,
    where,
    limit: parameters.add(page.limit, "bigint"),
    isNumbered: isEnclosed(shape, parentIds),
  };
  const [stretch] = stretches;
  const blocks = parents === undefined ? blocksOf(request, page, parameters) : null;
  const rows =
    blocks === null || stretch === undefined
      ? selectPage({ ...parts, stretches })
      : selectThroughBlocks({ ...parts, stretch }, { table: request.type.table, blocks });
  const text = enclose({ rows, shape, parents: parentIds, isOrdered: true });
  return { shape, statement: { text, values: parameters.values, ...plannedEachTime(request) } };
}

/** How many rows there are; counted no further than it is asked for. */
export function countRows(
  catalog: Catalog,
  request: CountRequest,
  { filter, atMost }: { filter: Filter | null; atMost?: number | undefined },
): Statement {
  const scope = scopeOf(catalog, request);
  const where = combine("all", predicates(scope, filter));
  const rows = `from ${fenced(scope, filter)} where ${where}`;
  const text =
    atMost === undefined
      ? `select count(*)::integer ${rows}`
      : `select count(*)::integer from (select 1 ${rows} limit ${scope.parameters.add(atMost, "bigint")}) r`;
  return { text, values: scope.parameters.values, ...plannedEachTime(request) };
}

/** Rows that have the value of a selective field are found first, and everything else asked of them. */
function fenced({ source, parameters }: Scope, filter: Filter | null): string {
  const tests = filter === null ? [] : joinedTests(filter).filter(isSelective);
  if (tests.length === 0) return source.from;
  const context = { columnOf: source.columnOf, parameters, rowAlias: ROW_ALIAS };
  const where = combine(
    "all",
    tests.map((test) => filterToSql(test, context)),
  );
  const { table } = source.type;
  // What stands before an offset is not taken apart by the planner.
  return `(select * from ${table} ${ROW_ALIAS} where ${where} offset 0) ${ROW_ALIAS}`;
}

/** The parts of a filter that must all hold. */
function joinedTests(filter: Filter): readonly Filter[] {
  return filter.kind === "all" ? filter.of.flatMap(joinedTests) : [filter];
}

function isSelective(part: Filter): boolean {
  return part.kind === "test" && part.field.isSelective === true;
}

/**
 * Of very many rows the way to them hangs on how frequent the words are that are sought, so that a plan
 * made once for all words would be wrong for most.
 */
function plannedEachTime({ type }: CountRequest): Pick<Statement, "isOneOff"> {
  return type.sequence === null ? {} : { isOneOff: true };
}

/** How many rows each parent has; parents without any are left out. */
export function countRowsOf(
  catalog: Catalog,
  { request, filter, parents }: { request: CountRequest; filter: Filter | null; parents: Parents },
): Statement {
  const scope = scopeOf(catalog, request);
  const column = `${ROW_ALIAS}.${columnName(parents)}`;
  const where = combine("all", [
    `${column} = any(${scope.parameters.add(parents.parentIds, "uuid[]")})`,
    ...predicates(scope, filter),
  ]);
  return {
    text: `select ${column}, count(*)::integer from ${scope.source.from} where ${where} group by ${column}`,
    values: scope.parameters.values,
  };
}

/** What every statement about rows begins with: the source and the rows that the caller may reach. */
export function scopeOf(catalog: Catalog, { type, visible }: CountRequest): Scope {
  const source = sourceOf(catalog, type);
  const parameters = new SqlParameters();
  const { columnOf } = source;
  return { source, parameters, visible: conditionToSql(visible, { columnOf, parameters }) };
}

/** The tests that a row must pass. */
export function predicates(
  { source, parameters, visible }: Scope,
  filter: Filter | null,
): string[] {
  if (filter === null) return [visible];
  const { columnOf } = source;
  const { sequence } = source.type;
  return [visible, filterToSql(filter, { columnOf, parameters, rowAlias: ROW_ALIAS, sequence })];
}

function aliased(columns: readonly string[]): string {
  return columns.map((column, index) => `${column} as c${index}`).join(", ");
}

function columnName({ column }: Parents): string {
  invariant(/^[a-z_]+$/.test(column), "a parent's column is a plain name");
  return column;
}
