import type { Catalog } from "../classification/catalog.ts";
import type { ReadRequest } from "./read-request.ts";
import { ROW_ALIAS } from "./read-source.ts";
import { type Read, scopeOf } from "./read-statements.ts";
import { shapeOf } from "./row-shape.ts";

/** Which rows are drawn. */
export interface SampleDraw {
  readonly seed: number;
  /** Most rows. */
  readonly size: number;
}

/** Rows in an order that only seed and ids make, so that a draw can be repeated. */
export function readSample(
  catalog: Catalog,
  request: ReadRequest,
  { seed, size }: SampleDraw,
): Read {
  const { source, parameters, visible } = scopeOf(catalog, request);
  const shape = shapeOf({ source, needs: request.needs, order: [] });
  const columns = shape.columns.map((column, index) => `${column} as c${index}`).join(", ");
  const place = `md5(${parameters.add(String(seed), "text")} || ' ' || ${ROW_ALIAS}.id::text)`;
  const limit = parameters.add(size, "bigint");
  const text = `select ${columns} from ${source.from} where ${visible} order by ${place}, ${ROW_ALIAS}.id limit ${limit}`;
  return { shape, statement: { text, values: parameters.values } };
}
