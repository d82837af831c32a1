import type { Catalog } from "../classification/catalog.ts";
import { storedColumnsOf } from "../classification/stored-columns.ts";
import { invariant } from "../lib/invariant.ts";
import type { SpentLookup } from "./lookup-ledger.ts";
import type { CountRequest } from "./read-statements.ts";
import { ROW_ALIAS, sourceOf } from "./read-source.ts";
import { conditionToSql } from "./sql-condition.ts";
import { combine } from "./sql-logic.ts";
import type { SqlParameters } from "./sql-parameters.ts";

/**
 * Which of some values lie on a row that their caller sees and may read them on, as pieces of the
 * statement that counts them. A value on any other row is missed like one that nobody has.
 */
export function findingsOf({
  catalog,
  request,
  lookups,
  parameters,
}: {
  catalog: Catalog;
  request: CountRequest;
  lookups: readonly SpentLookup[];
  parameters: SqlParameters;
}): {
  /** The `with` clause that finds them. */
  readonly found: string;
  /** The outcome of each value, in their order, as an expression. */
  readonly outcomes: string;
} {
  const { from, columnOf } = sourceOf(catalog, request.type);
  const visible = conditionToSql(request.visible, { columnOf, parameters });
  const fields = [...new Set(lookups.map(({ field }) => field))];
  const searches = fields.map((field) => {
    const asked = lookups.flatMap((lookup, at) =>
      lookup.field === field ? lookup.indexes.map((index) => ({ at: at + 1, index })) : [],
    );
    const readable = lookups.find((lookup) => lookup.field === field)?.readable;
    const column = storedColumnsOf(field).index;
    invariant(column !== null && readable !== undefined, `${field.name} can't be looked up`);
    const places = parameters.add(
      asked.map(({ at }) => at),
      "integer[]",
    );
    const indexes = parameters.add(
      asked.map(({ index }) => index),
      "bytea[]",
    );
    const where = combine("all", [
      `${ROW_ALIAS}.${column} = p.index`,
      visible,
      conditionToSql(readable, { columnOf, parameters }),
    ]);
    return `select p.place from unnest(${places}, ${indexes}) p (place, index), ${from} where ${where}`;
  });
  const count = parameters.add(lookups.length, "integer");
  return {
    found: `with found (place) as (${searches.join(" union all ")})`,
    outcomes: `array(select case when exists (select from found f where f.place = g.place) then 'FOUND' else 'MISSED' end from generate_series(1, ${count}) g (place) order by g.place)`,
  };
}
