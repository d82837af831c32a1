import fc from "fast-check";
import { attributesFor, typeIn } from "../../src/classification/catalog.ts";
import type { AttributeValues, Condition, Scalar } from "../../src/policy/condition.ts";
import type { Decisions } from "../../src/policy/decisions.ts";
import { CATALOG, type PlainRow } from "./policy-world.ts";

const STRANGERS = {
  uuid: "0197c000-0000-7000-8000-00000000dead",
  text: "something else",
  date: "2020-02-29",
  integer: 7,
} as const;

/**
 * Rows of a type that meet the rules of a caller: every attribute holds now and then what a rule
 * compares it with, something else, or nothing; lists hold several, none, or nulls.
 */
export function rowsThatMeet(decisions: Decisions, type: string): fc.Arbitrary<PlainRow> {
  const wanted = comparedWith(decisions);
  const attributes = [...attributesFor(CATALOG, typeIn(CATALOG, type))].map(
    ([name, { kind }]): [string, fc.Arbitrary<unknown>] => {
      if (kind === "boolean") return [name, fc.option(fc.boolean())];
      const stranger = STRANGERS[kind.replace("[]", "") as keyof typeof STRANGERS];
      const value = fc.constantFrom<(Scalar | null)[]>(null, stranger, ...(wanted.get(name) ?? []));
      return [name, kind.endsWith("[]") ? fc.option(fc.array(value, { maxLength: 3 })) : value];
    },
  );
  return fc.record(Object.fromEntries(attributes)) as fc.Arbitrary<PlainRow>;
}

/** The row without one of its attributes: that one was not loaded. */
export function without(row: PlainRow, attribute: string): AttributeValues {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== attribute));
}

function comparedWith({ bound }: Decisions): ReadonlyMap<string, Scalar[]> {
  const values = new Map<string, Scalar[]>();
  for (const { conditions } of bound.rules) collect(conditions as Condition | undefined, values);
  return values;
}

function collect(condition: Condition | undefined, into: Map<string, Scalar[]>): void {
  if (condition === undefined || condition.kind === "always" || condition.kind === "exists") return;
  if (condition.kind === "not") return collect(condition.of, into);
  if (condition.kind === "all" || condition.kind === "any") {
    for (const part of condition.of) collect(part, into);
    return;
  }
  const found = "value" in condition ? [condition.value] : condition.values;
  into.set(condition.attribute, [...(into.get(condition.attribute) ?? []), ...found]);
}
