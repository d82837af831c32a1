import { publicError } from "../errors.ts";
import { looksMasked } from "../lib/looks-masked.ts";

/** Characters of a reason or a note. */
const LONGEST_TEXT = 500;

/** Digits in a row that no case number has, and a telephone, identity or account number has. */
const LONG_NUMBER = /\p{Nd}{7}/u;
const MAIL_ADDRESS = /\S@\S/;

/**
 * A reason or a note in its stored form. It stays when the customer's record is destroyed, so it
 * names cases and never repeats a value of the record.
 *
 * @throws REASON_REQUIRED where it says nothing
 * @throws VALIDATION_FAILED, MASKED_VALUE_REJECTED naming the field, never the text
 */
export function readText(field: string, given: string | null | undefined): string {
  const text = given?.normalize("NFC").trim() ?? "";
  if (!/\p{L}/u.test(text)) throw publicError("REASON_REQUIRED", { field });
  const isStorable = text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(text);
  if (!isStorable || text.length > LONGEST_TEXT)
    throw publicError("VALIDATION_FAILED", { field, fault: "format" });
  if (text.split(/\s+/).some(looksMasked)) throw publicError("MASKED_VALUE_REJECTED", { field });
  if (LONG_NUMBER.test(text) || MAIL_ADDRESS.test(text))
    throw publicError("VALIDATION_FAILED", { field, fault: "personalValue" });
  return text;
}
