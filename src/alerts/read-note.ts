import { publicError } from "../errors.ts";

/** Characters of a note. */
const LONGEST_NOTE = 1_000;

/**
 * Reads what somebody found about an alert.
 *
 * @throws REASON_REQUIRED where nothing is said, VALIDATION_FAILED for what is too long or no text
 */
export function readNote(note: string): string {
  const said = note.trim();
  if (said === "") throw publicError("REASON_REQUIRED", { field: "note" });
  const isStorable = said.isWellFormed() && !/\p{Cc}/u.test(said.replaceAll("\n", " "));
  if (said.length > LONGEST_NOTE || !isStorable)
    throw publicError("VALIDATION_FAILED", { field: "note" });
  return said;
}
