import { type FieldDefinition, fieldIn, type TypeDefinition } from "../classification/catalog.ts";
import type { Filter } from "../database/read-request.ts";
import { type ErrorCode, PublicError } from "../errors.ts";
import { fieldsIn } from "./check-predicates.ts";
import type { GuardedReaderServices } from "./guarded-reader.ts";
import { type FilterInput, type Lookup, readFilter } from "./read-predicates.ts";

/**
 * Reads a filter and restricts it to rows on which its fields may be read. One that is refused is
 * noted before the refusal goes out, since a series of them is somebody who tries doors.
 *
 * @returns the restricted filter, and the sealed values that it looks up and that are not paid yet
 * @throws FIELD_FILTER_FORBIDDEN and what `restrict` and reading throw
 */
export async function checkedFilter({
  services: { budget, indexesOf, journal },
  type,
  input,
  restrict,
}: {
  services: Pick<GuardedReaderServices, "budget" | "indexesOf" | "journal">;
  type: TypeDefinition;
  input: FilterInput | null | undefined;
  restrict: (wanted: Filter | null) => Filter | null;
}): Promise<CheckedFilter> {
  try {
    const read = input ? readFilter({ type, input, indexesOf }) : null;
    const fields = [...fieldsIn(read?.filter ?? null)];
    return { filter: restrict(read?.filter ?? null), lookups: read?.lookups ?? [], fields };
  } catch (error) {
    const action = error instanceof PublicError ? REFUSED_ACTIONS[error.code] : undefined;
    const name = error instanceof PublicError ? error.extras["field"] : null;
    if (action !== undefined && typeof name === "string") {
      const field = fieldIn(type, name);
      journal.refusedPredicate(action, field);
      if (action === "FILTER") await budget.noteDenied(field, input);
    }
    throw error;
  }
}

/** A filter that may be sent. */
interface CheckedFilter {
  readonly filter: Filter | null;
  readonly lookups: readonly Lookup[];
  /** Fields that it tests, for the journal. */
  readonly fields: readonly FieldDefinition[];
}

const REFUSED_ACTIONS: Partial<Record<ErrorCode, "FILTER" | "SORT" | "GROUP">> = {
  FIELD_FILTER_FORBIDDEN: "FILTER",
  FIELD_SORT_FORBIDDEN: "SORT",
  FIELD_GROUP_FORBIDDEN: "GROUP",
};
