import { objectTemplate } from "../lib/object-template.ts";
import type { WrappedDataKey } from "../sealing/data-keys.ts";
import type { CursorValues, Row } from "./read-request.ts";

/** A name on the row and the position of its value in the result. */
export interface Slot {
  readonly name: string;
  readonly position: number;
}

/** Which value of a result goes where on a row; the id is always the first. */
export interface RowPlan {
  readonly typeName: string;
  readonly own: readonly Slot[];
  readonly owner: readonly Slot[] | null;
  /** Positions of the sort values; empty for rows that carry no cursor. */
  readonly cursor: readonly number[];
  /** Position of the customer's id and of the first of `KEY_COLUMNS`. */
  readonly key: { readonly customerId: number; readonly first: number } | null;
}

/** Columns of `customer_key` that a row carries, in the order in which they are selected. */
export const KEY_COLUMNS = ["key_version", "controller_id", "wrapped_key"];

/**
 * Makes rows of results. Each begins as a copy of one that has every property already, so that all are of
 * one shape and none grows by steps.
 */
export function rowAssembler(plan: RowPlan): (values: readonly unknown[]) => Row {
  const { typeName, own, owner, cursor, key } = plan;
  const template = objectTemplate([
    "__typename",
    "id",
    ...own.map(({ name }) => name),
    ...(owner === null ? [] : ["$owner"]),
    ...(key === null ? [] : ["$key"]),
    ...(cursor.length === 0 ? [] : ["$cursor"]),
  ]);
  const ofOwner = objectTemplate((owner ?? []).map(({ name }) => name));
  return (values) => {
    const row: Record<string, unknown> = { ...template };
    row["__typename"] = typeName;
    row["id"] = values[0];
    for (const slot of own) row[slot.name] = values[slot.position];
    if (owner !== null) row["$owner"] = pick(ofOwner, owner, values);
    if (key !== null) row["$key"] = keyFrom(values, key);
    if (cursor.length > 0)
      row["$cursor"] = cursor.map((position) => values[position]) as CursorValues;
    return row as Row;
  };
}

function pick(
  template: Readonly<Record<string, unknown>>,
  slots: readonly Slot[],
  values: readonly unknown[],
): Record<string, unknown> {
  const picked: Record<string, unknown> = { ...template };
  for (const slot of slots) picked[slot.name] = values[slot.position];
  return picked;
}

function keyFrom(
  values: readonly unknown[],
  { customerId, first }: NonNullable<RowPlan["key"]>,
): WrappedDataKey | null {
  const [keyVersion, controllerId, wrappedKey] = values.slice(first);
  if (keyVersion === null) return null;
  return {
    customerId: values[customerId],
    keyVersion,
    controllerId,
    wrappedKey,
  } as WrappedDataKey;
}
