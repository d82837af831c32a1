import type { AttributeDefinition } from "../classification/catalog.ts";
import type { AttributeValues, Condition, Scalar } from "./condition.ts";

/** More rows than this are not made; what is found in fewer is no proof. */
const MOST_ROWS = 60_000;

/** Rows that stand for all others, as far as some conditions can tell rows apart. */
export interface SmallWorld {
  readonly rows: readonly AttributeValues[];
  /** False where there would have been too many rows. */
  readonly isWhole: boolean;
}

/**
 * A row for every combination of what the conditions tell apart: for each attribute the values that
 * they name, one beside each of them, and none. Two rows on which every test gives the same answer
 * are decided alike, so what holds on these rows holds on all.
 */
export function smallWorld(
  conditions: readonly Condition[],
  attributes: ReadonlyMap<string, AttributeDefinition>,
): SmallWorld {
  const { parts, isWhole } = partsOf(conditions, attributes);
  const rows: AttributeValues[] = [];
  walk(parts, (row) => rows.push({ ...row }));
  return { rows, isWhole };
}

/** An attribute with the values that rows have of it. */
export interface Part {
  readonly name: string;
  readonly candidates: readonly unknown[];
}

/** The attributes of the rows, as many as can be combined within the bound. */
export function partsOf(
  conditions: readonly Condition[],
  attributes: ReadonlyMap<string, AttributeDefinition>,
): { parts: readonly Part[]; isWhole: boolean } {
  const named = new Map<string, Set<Scalar>>();
  // A list that is missing is told from an empty one only by asking whether it is there.
  const mayBeMissing = new Set<string>();
  for (const condition of conditions) collect(condition, named, mayBeMissing);
  const parts: Part[] = [];
  let count = 1;
  for (const [name, values] of named) {
    const attribute = attributes.get(name);
    const isMissable = attribute?.kind.endsWith("[]") === true && mayBeMissing.has(name);
    const candidates = [...candidatesFor([...values], attribute), ...(isMissable ? [null] : [])];
    count *= candidates.length;
    if (count > MOST_ROWS) return { parts, isWhole: false };
    parts.push({ name, candidates });
  }
  return { parts, isWhole: true };
}

function walk(parts: readonly Part[], visit: (row: AttributeValues) => void): void {
  const row: Record<string, unknown> = {};
  for (const { name } of parts) row[name] = undefined;
  const fill = (at: number): void => {
    const part = parts[at];
    if (part === undefined) {
      visit(row as AttributeValues);
      return;
    }
    for (const value of part.candidates) {
      row[part.name] = value;
      fill(at + 1);
    }
  };
  fill(0);
}

function collect(
  condition: Condition,
  into: Map<string, Set<Scalar>>,
  mayBeMissing: Set<string>,
): void {
  switch (condition.kind) {
    case "always":
      return;
    case "all":
    case "any":
      for (const part of condition.of) collect(part, into, mayBeMissing);
      return;
    case "not":
      collect(condition.of, into, mayBeMissing);
      return;
    default: {
      const known = into.get(condition.attribute) ?? new Set<Scalar>();
      into.set(condition.attribute, known);
      if (condition.kind === "exists") mayBeMissing.add(condition.attribute);
      if (condition.kind === "compare" || condition.kind === "includes") known.add(condition.value);
      else if (condition.kind !== "exists") for (const value of condition.values) known.add(value);
    }
  }
}

function candidatesFor(
  values: readonly Scalar[],
  attribute: AttributeDefinition | undefined,
): unknown[] {
  if (attribute?.kind === "boolean") return [true, false];
  if (attribute?.kind.endsWith("[]")) return subsetsOf(values);
  const { words, kind } = attribute ?? {};
  const others = Array.isArray(words) ? words.filter((word) => !values.includes(word)) : OTHER;
  const none = words === undefined ? [null] : [];
  const ends = kind === "date" ? ["0000-01-01", "9999-12-31"] : [];
  return [...values.flatMap(besides), ...others.slice(0, 1), ...ends, ...none];
}

/** A text that no rule names. */
const OTHER: readonly string[] = ["\u0000"];

/** A value with its neighbours where it has an order that rules can speak of. */
function besides(value: Scalar): Scalar[] {
  if (typeof value === "number") return [value - 1, value, value + 1];
  if (!(value instanceof Date)) return [value];
  return [new Date(value.getTime() - 1), value, new Date(value.getTime() + 1)];
}

/** Every subset; of more than three values only each alone, all and none. */
function subsetsOf(values: readonly Scalar[]): Scalar[][] {
  if (values.length > 3) return [[], ...values.map((value) => [value]), [...values]];
  return values.reduce<Scalar[][]>(
    (subsets, value) => [...subsets, ...subsets.map((subset) => [...subset, value])],
    [[]],
  );
}
