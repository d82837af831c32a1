import { type TypeDefinition, typeIn } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";

/**
 * The guarded type about which somebody asks on behalf of others.
 *
 * @throws PURPOSE_REQUIRED, BAD_USER_INPUT, and FORBIDDEN for whoever may not ask about others
 */
export function askedType({
  context,
  name,
  argument,
}: {
  context: RequestContext;
  name: string;
  argument: string;
}): TypeDefinition {
  const { catalog, decisions, purpose } = context;
  if (purpose === null) throw publicError("PURPOSE_REQUIRED");
  if (!catalog.has(name)) throw publicError("BAD_USER_INPUT", { field: argument });
  if (!decisions.mayEver("evaluateAccess", name)) throw publicError("FORBIDDEN");
  return typeIn(catalog, name);
}
