import { fieldIn, type TypeDefinition } from "../classification/catalog.ts";
import type { Filter } from "../database/read-request.ts";
import { PublicError } from "../errors.ts";
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
  services: { budget, indexesOf },
  type,
  input,
  restrict,
}: {
  services: Pick<GuardedReaderServices, "budget" | "indexesOf">;
  type: TypeDefinition;
  input: FilterInput | null | undefined;
  restrict: (wanted: Filter | null) => Filter | null;
}): Promise<{ readonly filter: Filter | null; readonly lookups: readonly Lookup[] }> {
  try {
    const read = input ? readFilter({ type, input, indexesOf }) : null;
    return { filter: restrict(read?.filter ?? null), lookups: read?.lookups ?? [] };
  } catch (error) {
    const refused = error instanceof PublicError && error.code === "FIELD_FILTER_FORBIDDEN";
    const name = refused ? error.extras["field"] : null;
    if (typeof name === "string") await budget.noteDenied(fieldIn(type, name), input);
    throw error;
  }
}
