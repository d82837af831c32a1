import { fieldIn, typeIn } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";

/**
 * Asks whether an elevation would open every named field of a customer to the caller. It is judged by
 * the decisions themselves, as they would be with it: what a stop closes, no elevation opens, and what
 * is clear without any needs none.
 *
 * @param without what is decided for the caller without elevations
 * @param elevated what would be decided with this one alone
 * @param row all attributes of a customer that the caller may see
 * @throws FORBIDDEN naming the first field that it would not open
 * @throws VALIDATION_FAILED naming the first field that is clear without it
 */
export function requireOpening({
  without,
  elevated,
  row,
  fields,
}: {
  without: Decisions;
  elevated: Decisions;
  row: AttributeValues;
  fields: readonly string[];
}): void {
  const type = typeIn(without.bound.catalog, "Customer");
  for (const name of fields) {
    const field = fieldIn(type, name);
    const isMeant = without.canDo("requestElevation", row, field);
    const { disclosure } = elevated.fieldPlan(field).decide(row);
    if (!isMeant || disclosure !== "CLEAR") throw publicError("FORBIDDEN", { field: name });
    if (without.fieldPlan(field).decide(row).disclosure === "CLEAR")
      throw publicError("VALIDATION_FAILED", { field: name, fault: "alreadyClear" });
  }
}
