import type { Sequence } from "../classification/catalog.ts";
import { storedColumnsOf } from "../classification/stored-columns.ts";
import { publicError } from "../errors.ts";
import { invariant } from "../lib/invariant.ts";
import { snakeCase } from "../lib/snake-case.ts";
import type { Scalar } from "../policy/condition.ts";
import type { Filter, FilterOperator } from "./read-request.ts";
import { equals, isAnyOf, ORDER_OPERATORS, overlaps } from "./sql-comparison.ts";
import { conditionToSql, type ConditionContext } from "./sql-condition.ts";
import type { SqlParameters } from "./sql-parameters.ts";
import { canHold, kindOf, type SqlColumn } from "./sql-kind.ts";
import { combine, FALSE, leaf, negate } from "./sql-logic.ts";

/** What a filter is translated with: that of the conditions in it, and the alias of the fields. */
export interface FilterContext extends ConditionContext {
  readonly rowAlias: string;
  readonly sequence?: Sequence | null | undefined;
}

type Test = Extract<Filter, { kind: "test" }>;
type Comparison = Test & { readonly operator: Exclude<FilterOperator, "isNull"> };

/**
 * Translates a filter, with the same two truth values as conditions: a row without a value never
 * fulfils a comparison and always fulfils its negation.
 */
export function filterToSql(filter: Filter, context: FilterContext, isNegated = false): string {
  switch (filter.kind) {
    case "all":
    case "any":
      return combine(
        filter.kind,
        filter.of.map((part) => filterToSql(part, context, isNegated)),
      );
    case "not":
      return negate(filterToSql(filter.of, context, true));
    case "rows":
      return conditionToSql(filter.condition, context, isNegated);
    case "test":
      return filter.operator === "isNull"
        ? isNull(filter, context)
        : leaf(comparison({ ...filter, operator: filter.operator }, context), isNegated);
  }
}

function isNull({ field, value }: Test, { rowAlias }: FilterContext): string {
  invariant(typeof value === "boolean", "isNull is asked with true or false");
  const { clear, sealed } = storedColumnsOf(field);
  return `${rowAlias}.${sealed ?? clear} is ${value ? "null" : "not null"}`;
}

/** A sealed value is found by its blind index, of which each controller has another. */
function lookup({ field, operator, value }: Comparison, context: FilterContext): string {
  const { index } = storedColumnsOf(field);
  invariant(field.filter === "lookup" && index !== null, `${field.name} can't be looked up`);
  invariant(operator === "eq" || operator === "in", `a sealed field has no ${operator}`);
  const column: SqlColumn = { sql: `${context.rowAlias}.${index}`, kind: "bytea" };
  return isAnyOf({ column, values: listOf(value), parameters: context.parameters });
}

function comparison(test: Comparison, context: FilterContext): string {
  const { field, operator, value } = test;
  if (field.isSealed) return lookup(test, context);
  const { rowAlias, parameters } = context;
  const column: SqlColumn = { sql: `${rowAlias}.${field.column}`, kind: kindOf(field) };
  if (operator === "in") return isAnyOf({ column, values: listOf(value), parameters });
  if (operator === "overlaps" || operator === "includes")
    return overlaps({ column, values: listOf(value) as Scalar[], parameters });
  const single = scalar(value);
  switch (operator) {
    case "eq":
      return equals({ column, value: single, parameters });
    case "startsWith":
      return like(`${escaped(single)}%`, { column, parameters });
    case "contains":
      return like(`%${escaped(single)}%`, { column, parameters });
    default:
      // The order is the database's own, as on sorted pages.
      if (!canHold(column.kind, single)) throw publicError("BAD_USER_INPUT");
      return compared({ column, operator, value: single }, test, context);
  }
}

/**
 * A comparison with a time says as well between which numbers of the sequence its rows are: they are
 * looked up by the day, so that a page long ago is found as fast as the newest.
 */
function compared(
  comparison: { column: SqlColumn; operator: keyof typeof ORDER_OPERATORS; value: Scalar },
  { field }: Comparison,
  { sequence, parameters, rowAlias }: FilterContext,
): string {
  const { column, operator, value } = comparison;
  const parameter = parameters.add(value, column.kind);
  const plain = `${column.sql} ${ORDER_OPERATORS[operator]} ${parameter}`;
  if (sequence == null || sequence.time !== field.name) return plain;
  const { sign, number } = endOfDays(operator, dayOf(operator, parameter), sequence);
  return combine("all", [plain, `${rowAlias}.${snakeCase(sequence.field)} ${sign} ${number}`]);
}

/** Day (UTC) of the first or last time that a comparison with a time lets through: before midnight is the day before. */
export function dayOf(operator: keyof typeof ORDER_OPERATORS, time: string): string {
  const end = operator === "lt" ? `(${time} - interval '1 microsecond')` : time;
  return `(${end} at time zone 'UTC')::date`;
}

/** The number of a sequence at which the rows from a day on begin, or those until a day end. */
export function endOfDays(
  operator: keyof typeof ORDER_OPERATORS,
  day: string,
  { days }: Sequence,
): { sign: ">=" | "<="; number: string } {
  return operator === "gt" || operator === "gte"
    ? { sign: ">=", number: `(select min(first_number) from ${days} where day >= ${day})` }
    : { sign: "<=", number: `(select max(last_number) from ${days} where day <= ${day})` };
}

function like(
  pattern: string,
  { column, parameters }: { column: SqlColumn; parameters: SqlParameters },
): string {
  invariant(column.kind === "text", "only text has parts");
  return canHold("text", pattern) ? `${column.sql} like ${parameters.add(pattern, "text")}` : FALSE;
}

function escaped(text: Scalar): string {
  invariant(typeof text === "string", "only text has parts");
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}

function listOf(value: Test["value"]): readonly (Scalar | Buffer)[] {
  return isList(value) ? value : [value];
}

function isList(value: Test["value"]): value is readonly (Scalar | Buffer)[] {
  return Array.isArray(value);
}

function scalar(value: Test["value"]): Scalar {
  invariant(!isList(value) && !Buffer.isBuffer(value), "a comparison takes one plain value");
  return value;
}
