import { fieldIn, typeIn } from "../classification/catalog.ts";
import type { DenialCounting, DenialCounts } from "../database/denial-counts.ts";
import { publicError } from "../errors.ts";
import { restrictToClearRows } from "./check-predicates.ts";
import { checkedFilter } from "./checked-filter.ts";
import type { GuardedReaderServices } from "./guarded-reader.ts";
import type { FilterInput } from "./read-predicates.ts";

/** Denials as resolvers ask for them. */
export interface DenialsRequest extends DenialCounting {
  readonly filter: FilterInput;
}

/** What the counts are made of: who may not read it in clear on a record counts nothing of it. */
const COUNTED = ["at", "type", "purpose", "roles", "verdicts", "refusal", "rowCount"];

/**
 * Counts denials in the records that the caller sees.
 *
 * @throws PURPOSE_REQUIRED, FIELD_FILTER_FORBIDDEN, FIELD_GROUP_FORBIDDEN, VALIDATION_FAILED
 */
export async function countDenials(
  services: GuardedReaderServices,
  { filter: input, ...counting }: DenialsRequest,
): Promise<DenialCounts> {
  const { decisions, purpose, reader, journal } = services;
  if (purpose === null) throw publicError("PURPOSE_REQUIRED");
  const type = typeIn(decisions.bound.catalog, "Decision");
  const counted = COUNTED.map((name) => fieldIn(type, name));
  const never = counted.find((field) => !decisions.fieldPlan(field).possible.has("CLEAR"));
  if (never !== undefined) throw publicError("FIELD_GROUP_FORBIDDEN", { field: never.name });
  const { filter, fields } = await checkedFilter({
    services,
    type,
    input,
    restrict: (wanted) => {
      const asked = restrictToClearRows({ decisions, filter: wanted, order: [] });
      const clear = counted.map((field) => decisions.fieldPlan(field).clearWhen);
      const rows = clear.map((condition) => ({ kind: "rows", condition }) as const);
      return { kind: "all", of: asked === null ? rows : [...rows, asked] };
    },
  });
  journal.asked({ action: "GROUP", type: type.name, filter: fields, sort: counted });
  return reader.countDenials({ type, visible: decisions.rows("see", type.name) }, filter, counting);
}
