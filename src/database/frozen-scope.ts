import { fieldIn, type TypeDefinition } from "../classification/catalog.ts";
import { invariant } from "../lib/invariant.ts";
import type { Condition } from "../policy/condition.ts";
import type { Filter, FilterOperator } from "./read-request.ts";

/** Which rows of a type: those that its asker could see, and the filter let through. */
export interface RowScope {
  readonly visible: Condition;
  readonly filter: Filter | null;
}

/** Writes a scope down, so that the same rows are found later. Sealed values are not filtered by. */
export function freezeScope({ visible, filter }: RowScope): string {
  return JSON.stringify({ visible, filter }, function replace(key, value: unknown) {
    const original: unknown = (this as Record<string, unknown>)[key];
    if (original instanceof Date) return { $time: original.toISOString() };
    invariant(!Buffer.isBuffer(original), "no sealed value is in a frozen scope");
    return key === "field" ? (value as { name: string }).name : value;
  });
}

/** Reads a scope that was written down. */
export function thawScope(text: string, type: TypeDefinition): RowScope {
  return JSON.parse(text, (key, value: unknown) => {
    if (isTime(value)) return new Date(value.$time);
    return key === "field" ? fieldIn(type, value as string) : value;
  }) as RowScope;
}

/** A filter in the form in which it is told, with its keys in their order. */
export function filterInWords(filter: Filter | null): string | null {
  return filter === null ? null : JSON.stringify(wordsOf(filter));
}

type Words =
  | { readonly [kind in "all" | "any"]?: readonly Words[] }
  | { readonly not: Words }
  | { readonly field: string; readonly operator: FilterOperator; readonly value: unknown }
  | { readonly rows: "restricted" };

function wordsOf(filter: Filter): Words {
  switch (filter.kind) {
    case "all":
    case "any":
      return { [filter.kind]: filter.of.map(wordsOf) };
    case "not":
      return { not: wordsOf(filter.of) };
    case "rows":
      return { rows: "restricted" };
    case "test":
      return { field: filter.field.name, operator: filter.operator, value: filter.value };
  }
}

function isTime(value: unknown): value is { readonly $time: string } {
  return typeof value === "object" && value !== null && "$time" in value;
}
