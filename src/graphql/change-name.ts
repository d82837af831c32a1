import { publicError } from "../errors.ts";

/** Characters of the name of a change. */
const LONGEST_NAME = 200;

/**
 * Reads the name that the caller gave a change; null where it has none.
 *
 * @throws VALIDATION_FAILED for a name that is empty, too long or no text that can be stored
 */
export function readChangeName(name: string | null | undefined): string | null {
  if (name === null || name === undefined) return null;
  const isStorable = name.isWellFormed() && !/\p{Cc}/u.test(name);
  if (name.length === 0 || name.length > LONGEST_NAME || !isStorable) {
    throw publicError("VALIDATION_FAILED", { field: "clientMutationId" });
  }
  return name;
}
