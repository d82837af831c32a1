import {
  attributesFor,
  type FieldDefinition,
  ruledBy,
  type TypeDefinition,
  typeIn,
} from "../classification/catalog.ts";
import { storedColumnsOf } from "../classification/stored-columns.ts";
import { ALWAYS, anyOf, type Condition, NEVER } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";

/**
 * On which of the rows that a caller sees it knows an attribute: where it reads a field of the same
 * column in clear. The id of a row is told to everyone who sees it; what no field shows is known on
 * no row.
 */
export function rowsOnWhichKnown(
  decisions: Decisions,
  type: TypeDefinition,
): (attribute: string) => Condition {
  const { catalog } = decisions.bound;
  const owner = typeIn(catalog, ruledBy(type));
  const attributes = attributesFor(catalog, type);
  const known = new Map<string, Condition>();
  return (name) => {
    let rows = known.get(name);
    if (rows === undefined) {
      const column = attributes.get(name)?.column;
      const fields = [...owner.fields.values()].filter((field) => isClearColumn(field, column));
      rows =
        name === "id" ? ALWAYS : anyOf(fields.map((one) => decisions.fieldPlan(one).clearWhen));
      known.set(name, column === undefined ? NEVER : rows);
    }
    return known.get(name) ?? NEVER;
  };
}

function isClearColumn(field: FieldDefinition, column: string | undefined): boolean {
  return column !== undefined && !field.isSealed && storedColumnsOf(field).clear === column;
}
