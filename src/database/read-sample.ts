import type { Catalog } from "../classification/catalog.ts";
import type { Filter, ReadRequest } from "./read-request.ts";
import { ROW_ALIAS } from "./read-source.ts";
import { predicates, type Read, scopeOf } from "./read-statements.ts";
import { shapeOf } from "./row-shape.ts";
import { combine } from "./sql-logic.ts";

/** Which rows are drawn. */
export interface SampleDraw {
  readonly seed: number;
  /** Most rows. */
  readonly size: number;
  /** Left out, it is drawn from everything that the request reaches. */
  readonly filter?: Filter | null | undefined;
}

/** Rows in an order that only seed and ids make, so that a draw can be repeated. */
export function readSample(
  catalog: Catalog,
  request: ReadRequest,
  { seed, size, filter = null }: SampleDraw,
): Read {
  const scope = scopeOf(catalog, request);
  const { source, parameters } = scope;
  const shape = shapeOf({ source, needs: request.needs, order: [] });
  const columns = shape.columns.map((column, index) => `${column} as c${index}`).join(", ");
  const place = `md5(${parameters.add(String(seed), "text")} || ' ' || ${ROW_ALIAS}.id::text)`;
  const where = combine("all", predicates(scope, filter));
  const limit = parameters.add(size, "bigint");
  const text = `select ${columns} from ${source.from} where ${where} order by ${place}, ${ROW_ALIAS}.id limit ${limit}`;
  return { shape, statement: { text, values: parameters.values } };
}
