import { fieldIn, typeIn } from "../classification/catalog.ts";
import type { GroupCounts } from "../database/group-counts.ts";
import { publicError } from "../errors.ts";
import { checkedFilter } from "./checked-filter.ts";
import {
  groupKeyOf,
  type GroupLevel,
  groupLevelOf,
  restrictToGroupedRows,
} from "./check-groups.ts";
import type { GuardedReaderServices } from "./guarded-reader.ts";
import type { FilterInput } from "./read-predicates.ts";

/** Fields by which one request may group. */
const MOST_FIELDS = 4;
/** Groups of one answer. */
const MOST_GROUPS = 1_000;

/** Counts as resolvers ask for them. */
export interface CountsRequest {
  readonly type: string;
  readonly filter?: FilterInput | null | undefined;
  readonly by: readonly string[];
}

/** Counts with what they were made by. */
export interface GuardedCounts extends GroupCounts {
  readonly by: readonly { readonly field: string; readonly level: GroupLevel }[];
  readonly smallest: number;
}

/**
 * Counts rows in groups, none smaller than the policy's floor.
 *
 * @throws PURPOSE_REQUIRED, FORBIDDEN where the policy has no floor, FIELD_GROUP_FORBIDDEN,
 * FIELD_FILTER_FORBIDDEN, INFERENCE_BUDGET_SPENT, VALIDATION_FAILED, QUERY_TOO_COMPLEX
 */
export async function countInGroups(
  services: GuardedReaderServices,
  asked: CountsRequest,
): Promise<GuardedCounts> {
  const { reader, decisions, purpose, budget } = services;
  if (purpose === null) throw publicError("PURPOSE_REQUIRED");
  if (decisions.counts === null) throw publicError("FORBIDDEN");
  const smallest = decisions.counts.smallestGroup;
  const type = typeIn(decisions.bound.catalog, asked.type);
  const fields = namedOnce(asked.by).map((name) => fieldIn(type, name));
  const {
    filter,
    lookups,
    fields: filtered,
  } = await checkedFilter({
    services,
    type,
    input: asked.filter,
    restrict: (wanted) => restrictToGroupedRows({ decisions, filter: wanted, by: fields }),
  });
  const request = { type, visible: decisions.rows("count", asked.type) };
  await budget.charge("count", { request, lookups });
  services.journal.asked({ action: "GROUP", type: asked.type, filter: filtered, group: fields });
  const counts = await reader.countGroups(request, {
    filter,
    by: fields.map(groupKeyOf),
    smallest,
    most: MOST_GROUPS + 1,
  });
  if (counts.groups.length > MOST_GROUPS)
    throw publicError("QUERY_TOO_COMPLEX", { limit: "groups", max: MOST_GROUPS });
  const by = fields.map((field) => ({ field: field.name, level: groupLevelOf(field) ?? "CLEAR" }));
  return { ...counts, by, smallest };
}

function namedOnce(names: readonly string[]): readonly string[] {
  if (new Set(names).size !== names.length)
    throw publicError("VALIDATION_FAILED", { field: "groupBy" });
  if (names.length > MOST_FIELDS)
    throw publicError("QUERY_TOO_COMPLEX", { limit: "group fields", max: MOST_FIELDS });
  return names;
}
