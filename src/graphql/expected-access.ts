import { isGroupable } from "../guard/check-groups.ts";
import { isConstant } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { ExpectedAccess } from "./field-access.ts";

/** What a caller can expect of every field of a guarded type, before any row is read. */
export function expectedAccessTo(decisions: Decisions, type: string): ExpectedAccess[] {
  return [...decisions.planOf(type).values()].map(({ field, best, possible, clearWhen }) => {
    const isEverClear = !isConstant(clearWhen, false);
    return {
      field: field.name,
      disclosure: best.disclosure,
      variesByRow: possible.size > 1,
      filterable: field.filter !== null && isEverClear,
      sortable: field.sortable && isEverClear,
      groupable: isGroupable(decisions, field),
      reason: best.reason,
    };
  });
}

/** Whether no row of a type can exist for a caller, whatever is given of its fields. */
export function seesNoRow(decisions: Decisions, type: string): boolean {
  return decisions.seesNoRow(type);
}
