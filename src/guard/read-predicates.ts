import { type FieldDefinition, fieldIn, type TypeDefinition } from "../classification/catalog.ts";
import type { Filter, FilterOperator, SortKey } from "../database/read-request.ts";
import { publicError } from "../errors.ts";

/** Input of a filter as GraphQL has checked it: known fields, known operators, right types. */
export type FilterInput = Readonly<Record<string, unknown>>;

/** Input of one key of an order. */
export interface OrderInput {
  readonly field: string;
  readonly direction: "ASC" | "DESC";
}

/** Blind indexes under which a sealed value may lie; empty where the value can't be one. */
export type IndexesOf = (field: FieldDefinition, value: string) => readonly Buffer[];

/** A sealed value that a filter looks up. */
export interface Lookup {
  readonly field: FieldDefinition;
  readonly value: string;
  readonly indexes: readonly Buffer[];
}

/** A filter in the form that the reader takes, with the sealed values that it looks up. */
export interface ReadFilter {
  readonly filter: Filter;
  readonly lookups: readonly Lookup[];
}

/** Tests that a filter may hold; more could only be meant to tire the database. */
const MOST_TESTS = 50;
/** Texts of one `in`. */
const MOST_VALUES = 200;
/** Characters of one text. */
const LONGEST_TEXT = 256;

/**
 * Reads a filter input into the form that the reader takes. Tests beside each other are joined
 * by "and"; an empty filter, list or branch matches nothing, since empty means nothing.
 *
 * @throws VALIDATION_FAILED, QUERY_TOO_COMPLEX, FIELD_FILTER_FORBIDDEN for a piece of a sealed value
 */
export function readFilter({
  type,
  input,
  indexesOf,
}: {
  type: TypeDefinition;
  input: FilterInput;
  indexesOf: IndexesOf;
}): ReadFilter {
  let tests = 0;
  const lookups: Lookup[] = [];
  const read = (part: FilterInput): Filter => {
    const parts = Object.entries(part).flatMap(([name, operand]): Filter[] => {
      if (operand === undefined) return [];
      if (operand === null) throw invalid(name);
      switch (name) {
        case "and":
          return [{ kind: "all", of: inputsIn(operand, name).map(read) }];
        case "or":
          return [{ kind: "any", of: inputsIn(operand, name).map(read) }];
        case "not":
          return [{ kind: "not", of: read(operand as FilterInput) }];
        default:
          return testsOf(fieldIn(type, name), operand as FilterInput);
      }
    });
    if (parts.length === 0)
      throw publicError("VALIDATION_FAILED", { field: "filter", fault: "empty" });
    return parts.length === 1 ? (parts[0] as Filter) : { kind: "all", of: parts };
  };
  const testsOf = (field: FieldDefinition, operators: FilterInput): Filter[] =>
    Object.entries(operators).flatMap(([operator, value]) => {
      if (value === undefined) return [];
      if (++tests > MOST_TESTS) throw publicError("QUERY_TOO_COMPLEX", { limit: "filter tests" });
      const test = { field, operator: operator as FilterOperator, value };
      return [testOf({ ...test, indexesOf, lookups })];
    });
  return { filter: read(input), lookups };
}

/** Reads the keys of an order; a field named twice is a mistake. */
export function readOrder(type: TypeDefinition, input: readonly OrderInput[]): SortKey[] {
  const names = new Set(input.map(({ field }) => field));
  if (names.size !== input.length) throw invalid("orderBy");
  return input.map(({ field, direction }) => ({
    field: fieldIn(type, field),
    descending: direction === "DESC",
  }));
}

function testOf({
  field,
  operator,
  value,
  indexesOf,
  lookups,
}: {
  field: FieldDefinition;
  operator: FilterOperator;
  value: unknown;
  indexesOf: IndexesOf;
  /** Takes what is looked up. */
  lookups: Lookup[];
}): Filter {
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0 || values.length > MOST_VALUES) throw invalid(field.name);
  for (const each of values) {
    if (each === null || each === undefined) throw invalid(field.name);
    if (typeof each === "string" && each.length > LONGEST_TEXT) throw invalid(field.name);
  }
  if (field.shape === "date" && operator !== "isNull")
    values.forEach((day) => assertDay(field, day));
  if (field.filter === "lookup") {
    if (operator !== "eq" && operator !== "in") {
      throw publicError("FIELD_FILTER_FORBIDDEN", { field: field.name });
    }
    const looked = values.map(String).map((each) => ({
      field,
      value: each,
      indexes: indexesOf(field, each),
    }));
    lookups.push(...looked);
    return { kind: "test", field, operator: "in", value: looked.flatMap(({ indexes }) => indexes) };
  }
  return { kind: "test", field, operator, value: value as never };
}

function inputsIn(operand: unknown, name: string): FilterInput[] {
  if (!Array.isArray(operand) || operand.length === 0) throw invalid(name);
  return operand as FilterInput[];
}

function assertDay(field: FieldDefinition, day: unknown): void {
  const isDay = typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day);
  const date = isDay ? new Date(`${day}T00:00:00Z`) : null;
  if (date === null || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) {
    throw invalid(field.name);
  }
}

function invalid(field: string): Error {
  return publicError("VALIDATION_FAILED", { field });
}
