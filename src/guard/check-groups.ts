import type { FieldDefinition } from "../classification/catalog.ts";
import type { Shape } from "../classification/shape.ts";
import type { GroupKey } from "../database/group-counts.ts";
import type { Filter } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import { allOf, anyOf, type Condition, isConstant, NEVER } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";
import { restrictToClearRows } from "./check-predicates.ts";

/** The level at which a field makes groups, and so what a caller must be given to group by it. */
export type GroupLevel = "CLEAR" | "COARSE";

/** Shapes of few values, which many rows share. */
const SHARED_SHAPES: ReadonlySet<Shape> = new Set(["enum", "boolean", "date"]);

/** Shapes that say nothing of what a row is, so that nobody could mean to group by them. */
export const UNSHARED_SHAPES: ReadonlySet<Shape> = new Set([
  "relation",
  "list",
  "timestamp",
  "integer",
]);

/** Types with an operation that counts rows in groups. */
const COUNTED_TYPES: ReadonlySet<string> = new Set(["Customer"]);

/**
 * The level at which a field makes groups; null for one that makes none for anybody. A PRIVATE one
 * never does (domain 4.3), a sealed one only by its stored COARSE rendering, and what is a person's
 * own (a name, a number) would make groups of one.
 */
export function groupLevelOf(field: FieldDefinition): GroupLevel | null {
  if (field.classification === "PRIVATE" || UNSHARED_SHAPES.has(field.shape)) return null;
  if (field.isSealed) return field.renderings.COARSE === undefined ? null : "COARSE";
  return SHARED_SHAPES.has(field.shape) || (field.sortable && !field.token) ? "CLEAR" : null;
}

/**
 * To group by a field is to read it, in the form that the groups are named by. Where the caller may
 * on no row, the request is refused; where only on some, those are counted.
 *
 * @returns the filter with that restriction, or null where every row is counted
 * @throws FIELD_GROUP_FORBIDDEN, FIELD_FILTER_FORBIDDEN
 */
export function restrictToGroupedRows({
  decisions,
  filter,
  by,
}: {
  decisions: Decisions;
  filter: Filter | null;
  by: readonly FieldDefinition[];
}): Filter | null {
  const condition = allOf(by.map((field) => demandGroupedRows(decisions, field)));
  const filtered = restrictToClearRows({ decisions, filter, order: [] });
  const parts: Filter[] = [
    ...(isConstant(condition, true) ? [] : [{ kind: "rows", condition } as const]),
    ...(filtered === null ? [] : [filtered]),
  ];
  if (parts.length === 0) return null;
  return parts.length === 1 ? (parts[0] as Filter) : { kind: "all", of: parts };
}

/** The stored form of a field by which groups are made. */
export function groupKeyOf(field: FieldDefinition): GroupKey {
  return { field, part: groupLevelOf(field) === "COARSE" ? "coarse" : "clear" };
}

/** Whether some rows that the caller may count are grouped by a field, so that `groupBy` may name it. */
export function isGroupable(decisions: Decisions, field: FieldDefinition): boolean {
  if (!COUNTED_TYPES.has(field.type)) return false;
  if (decisions.counts === null || isConstant(decisions.rows("count", field.type), false))
    return false;
  return !isConstant(groupedRows(decisions, field), false);
}

/** The same as a demand. */
function demandGroupedRows(decisions: Decisions, field: FieldDefinition): Condition {
  const condition = groupedRows(decisions, field);
  if (isConstant(condition, false))
    throw publicError("FIELD_GROUP_FORBIDDEN", { field: field.name });
  return condition;
}

/** Rows that show the field at the level of its groups, or may be grouped by it without being shown. */
function groupedRows(decisions: Decisions, field: FieldDefinition): Condition {
  const level = groupLevelOf(field);
  if (level === null) return NEVER;
  return anyOf([decisions.rowsWhere(level, field), decisions.rowsWhere("group", field)]);
}
