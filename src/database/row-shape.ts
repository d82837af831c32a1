import type { FieldDefinition } from "../classification/catalog.ts";
import { storedColumnsOf } from "../classification/stored-columns.ts";
import { invariant } from "../lib/invariant.ts";
import { cursorColumn, type OrderColumn } from "./keyset.ts";
import type { FieldPart, ReadNeeds, Row } from "./read-request.ts";
import { ROW_ALIAS, type ReadSource } from "./read-source.ts";
import { rowAssembler } from "./row-assembler.ts";

/** What a read selects, and how a row is made of it. */
export interface RowShape {
  /** Expressions over the source, without repetition; the id is the first. */
  readonly columns: readonly string[];
  /** Position of the customer's id where the wrapped key of the row has to be joined, else null. */
  readonly keyOf: number | null;
  /** Makes a row of the columns and, after them, those of the key. */
  readonly toRow: (values: readonly unknown[]) => Row;
}

/** The shape of the rows of one read: the id, what is needed, and nothing else. */
export function shapeOf({
  source,
  needs,
  order,
}: {
  source: ReadSource;
  needs: ReadNeeds;
  /** The order of a page, whose rows carry cursors; none elsewhere. */
  order: readonly OrderColumn[];
}): RowShape {
  const columns: string[] = [];
  const positionOf = (sql: string): number => {
    const known = columns.indexOf(sql);
    return known >= 0 ? known : columns.push(sql) - 1;
  };
  positionOf(`${ROW_ALIAS}.id`);
  const parts = [...needs.parts].flatMap(([field, wanted]) => {
    invariant(field.type === source.type.name, `${field.name} is no field of ${source.type.name}`);
    return [...wanted].map((part) => ({ field, part, sql: partColumn(field, part) }));
  });
  const slots = parts.map(({ field, part, sql }) => ({
    name: part === "clear" ? field.name : `${field.name}$${part}`,
    position: positionOf(sql),
  }));
  const attributes = needs.attributes.map((name) => ({
    name,
    position: positionOf(source.columnOf(name).sql),
  }));
  const cursor = order.map((column) => positionOf(cursorColumn(column)));
  const isKeyNeeded = parts.some(({ field, part }) => field.isSealed && part === "clear");
  const keyOf = isKeyNeeded ? positionOf(customerIdIn(source)) : null;
  const toRow = rowAssembler({
    typeName: source.type.name,
    own: source.isOwned ? slots : [...slots, ...attributes],
    owner: source.isOwned ? attributes : null,
    cursor,
    key: keyOf === null ? null : { customerId: keyOf, first: columns.length },
  });
  return { columns, keyOf, toRow };
}

function customerIdIn(source: ReadSource): string {
  invariant(source.customerId !== null, `${source.type.name} has no customer to seal values for`);
  return source.customerId;
}

/** The column of one part of a field; a clear value has no other, it is rendered when it is shown. */
function partColumn(field: FieldDefinition, part: FieldPart): string {
  const { clear, sealed, partial, coarse, index } = storedColumnsOf(field);
  const whole = sealed ?? clear;
  const column = { clear: whole, exists: whole, partial, coarse, index }[part];
  invariant(column !== null, `${field.type}.${field.name} has no stored ${part}`);
  return `${ROW_ALIAS}.${column}${part === "exists" ? " is not null" : ""}`;
}
