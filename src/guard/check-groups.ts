import type { FieldDefinition } from "../classification/catalog.ts";
import type { Shape } from "../classification/shape.ts";
import type { GroupKey } from "../database/group-counts.ts";
import type { Filter } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import { allOf, anyOf, type Condition, isConstant } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";
import { restrictToClearRows } from "./check-predicates.ts";

/** The level at which a field makes groups, and so what a caller must be given to group by it. */
export type GroupLevel = "CLEAR" | "COARSE";

/** Shapes of few values, which many rows share. */
const SHARED_SHAPES: ReadonlySet<Shape> = new Set(["enum", "boolean", "date"]);

/**
 * The level at which a field makes groups; null for one that makes none for anybody. A PRIVATE one
 * never does (domain 4.3), a sealed one only by its stored COARSE rendering, and what is a person's
 * own (a name, a number) would make groups of one.
 */
export function groupLevelOf(field: FieldDefinition): GroupLevel | null {
  if (field.classification === "PRIVATE") return null;
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
  const condition = allOf(by.map((field) => groupedRows(decisions, field)));
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

/** Rows that show the field at the level of its groups, or may be grouped by it without being shown. */
function groupedRows(decisions: Decisions, field: FieldDefinition): Condition {
  const level = groupLevelOf(field);
  const condition =
    level === null
      ? null
      : anyOf([decisions.rowsWhere(level, field), decisions.rowsWhere("group", field)]);
  if (condition === null || isConstant(condition, false))
    throw publicError("FIELD_GROUP_FORBIDDEN", { field: field.name });
  return condition;
}
