import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { POLICY_SUBJECT, type PolicyVerb } from "../policy/rule.ts";

/**
 * Asks the policy under which this request runs who may do this with policies.
 *
 * @throws PURPOSE_REQUIRED, FORBIDDEN
 */
export function requirePolicyVerb(
  { decisions, purpose }: Pick<RequestContext, "decisions" | "purpose">,
  verb: PolicyVerb,
): void {
  if (purpose === null) throw publicError("PURPOSE_REQUIRED");
  if (!decisions.mayEver(verb, POLICY_SUBJECT)) throw publicError("FORBIDDEN");
}
