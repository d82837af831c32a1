import { fieldIn, typeIn } from "../classification/catalog.ts";
import { type Row, ruleAttributesOf } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { Verb } from "../policy/rule.ts";

/**
 * Asks for a verb on every named field of a row. Whoever changes a field must also read it in
 * clear, else a change could be used to test guesses, or a mask be written over a value.
 *
 * @throws FORBIDDEN naming the first field that is refused; an empty list is refused as well
 */
export function requireVerb({
  decisions,
  verb,
  row,
  fields,
}: {
  decisions: Decisions;
  verb: Verb;
  row: Row;
  fields: readonly string[];
}): void {
  if (fields.length === 0) throw publicError("FORBIDDEN");
  const type = typeIn(decisions.bound.catalog, row.__typename);
  const attributes = ruleAttributesOf(row);
  for (const name of fields) {
    const field = fieldIn(type, name);
    const verdict = decisions.fieldPlan(field).decide(attributes);
    if (verdict.disclosure !== "CLEAR" || !decisions.canDo(verb, attributes, field)) {
      throw publicError("FORBIDDEN", { field: name });
    }
  }
}
