import type { FieldDefinition } from "../classification/catalog.ts";
import type { Filter, SortKey } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import { allOf, type Condition, isConstant } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";

/**
 * A filter or an order on a field is a read of that field in clear. Where the caller can never
 * read it, the whole request is refused; where only on some rows, the list holds those rows.
 *
 * @returns the filter with that restriction, or null where nothing filters
 * @throws FIELD_FILTER_FORBIDDEN, FIELD_SORT_FORBIDDEN
 */
export function restrictToClearRows({
  decisions,
  filter,
  order,
}: {
  decisions: Decisions;
  filter: Filter | null;
  order: readonly SortKey[];
}): Filter | null {
  const conditions = [
    ...[...fieldsIn(filter)].map((field) =>
      clearRows({ decisions, field, code: "FIELD_FILTER_FORBIDDEN" }),
    ),
    ...order.map(({ field }) => sortedRows(decisions, field)),
  ];
  const condition = allOf(withoutRepeats(conditions));
  const parts: Filter[] = [
    ...(isConstant(condition, true) ? [] : [{ kind: "rows", condition } as const]),
    ...(filter === null ? [] : [filter]),
  ];
  if (parts.length === 0) return null;
  return parts.length === 1 ? (parts[0] as Filter) : { kind: "all", of: parts };
}

/** Fields of one category are clear on the same rows; saying so once is enough. */
function withoutRepeats(conditions: readonly Condition[]): Condition[] {
  const byText = new Map(conditions.map((condition) => [JSON.stringify(condition), condition]));
  return [...byText.values()];
}

/** A sealed value has no order in the database, whoever may read it. */
function sortedRows(decisions: Decisions, field: FieldDefinition): Condition {
  if (!field.sortable) throw publicError("FIELD_SORT_FORBIDDEN", { field: field.name });
  return clearRows({ decisions, field, code: "FIELD_SORT_FORBIDDEN" });
}

function clearRows({
  decisions,
  field,
  code,
}: {
  decisions: Decisions;
  field: FieldDefinition;
  code: "FIELD_FILTER_FORBIDDEN" | "FIELD_SORT_FORBIDDEN";
}): Condition {
  const { clearWhen } = decisions.fieldPlan(field);
  if (isConstant(clearWhen, false)) throw publicError(code, { field: field.name });
  return clearWhen;
}

/** The fields that a filter tests. */
export function fieldsIn(
  filter: Filter | null,
  into = new Set<FieldDefinition>(),
): Set<FieldDefinition> {
  if (filter === null || filter.kind === "rows") return into;
  if (filter.kind === "test") into.add(filter.field);
  else if (filter.kind === "not") fieldsIn(filter.of, into);
  else for (const part of filter.of) fieldsIn(part, into);
  return into;
}
