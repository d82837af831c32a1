import { fieldIn } from "../classification/catalog.ts";
import type { RowScope } from "../database/frozen-scope.ts";
import type { ReadRequest } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import { allOf, isConstant } from "../policy/condition.ts";
import { checkedFilter } from "./checked-filter.ts";
import { restrictToClearRows } from "./check-predicates.ts";
import { type AuditExtent, belongsTo } from "./draw-within.ts";
import type { GuardedReaderServices } from "./guarded-reader.ts";
import type { FilterInput } from "./read-predicates.ts";

/** Rows of an audit that somebody wants to take along. */
export interface WantedScope {
  readonly type: string;
  readonly within: AuditExtent;
  readonly filter: FilterInput | null;
  /** Field that holds all of a row: only rows on which it is clear may be taken along. */
  readonly whole: string;
}

/**
 * Which rows the caller may take along, as one condition: those that it sees, that belong to the audit
 * and that it may read whole, and among them those that the filter lets through.
 *
 * @throws FORBIDDEN where there can be none, FIELD_FILTER_FORBIDDEN, VALIDATION_FAILED
 */
export async function scopeWithin(
  services: GuardedReaderServices,
  wanted: WantedScope & { readonly request: ReadRequest },
): Promise<RowScope> {
  const { decisions, budget } = services;
  const { request, type, within } = wanted;
  const { filter, lookups } = await checkedFilter({
    services,
    type: request.type,
    input: wanted.filter,
    restrict: (asked) => restrictToClearRows({ decisions, filter: asked, order: [] }),
  });
  const { clearWhen } = decisions.fieldPlan(fieldIn(request.type, wanted.whole));
  const visible = allOf([request.visible, clearWhen, belongsTo({ type, within })]);
  if (isConstant(visible, false)) throw publicError("FORBIDDEN", { field: wanted.whole });
  await budget.charge("see", { request, lookups });
  return { visible, filter };
}
