import { fieldIn, type TypeDefinition } from "../classification/catalog.ts";
import { invariant } from "../lib/invariant.ts";
import type { Condition } from "../policy/condition.ts";
import type { Filter } from "./read-request.ts";

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

function isTime(value: unknown): value is { readonly $time: string } {
  return typeof value === "object" && value !== null && "$time" in value;
}
