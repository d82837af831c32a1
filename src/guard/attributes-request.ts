import { attributesFor, typeIn } from "../classification/catalog.ts";
import type { ReadRequest } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { RowAction } from "../policy/row-condition.ts";

/**
 * A read of every attribute that rules about a type can ask for, and of no field, on the rows that a
 * caller may act on.
 *
 * @throws PURPOSE_REQUIRED
 */
export function attributesRequest({
  decisions,
  purpose,
  type: name,
  action,
}: {
  decisions: Decisions;
  purpose: string | null;
  type: string;
  action: RowAction;
}): ReadRequest {
  if (purpose === null) throw publicError("PURPOSE_REQUIRED");
  const { catalog } = decisions.bound;
  const type = typeIn(catalog, name);
  return {
    type,
    visible: decisions.rows(action, name),
    needs: { parts: new Map(), attributes: [...attributesFor(catalog, type).keys()] },
  };
}
