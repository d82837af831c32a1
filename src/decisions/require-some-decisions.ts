import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { isConstant } from "../policy/condition.ts";

/**
 * The heads of the tree tell how much is decided here, so they are for those who audit it.
 *
 * @throws PURPOSE_REQUIRED, and FORBIDDEN for whoever sees no record at all
 */
export function requireSomeDecisions({ decisions, purpose }: RequestContext): void {
  if (purpose === null) throw publicError("PURPOSE_REQUIRED");
  const seesNone = isConstant(decisions.rows("see", "Decision"), false);
  if (seesNone || !decisions.mayEver("evaluateAccess", "Decision")) throw publicError("FORBIDDEN");
}
