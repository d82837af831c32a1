import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { POLICY_SUBJECT, type PolicyVerb } from "../policy/rule.ts";

/**
 * Asks the policy under which this request runs who may do this with policies; the answer is on record.
 *
 * @throws PURPOSE_REQUIRED, FORBIDDEN
 */
export function requirePolicyVerb(
  { decisions, purpose, journal }: Pick<RequestContext, "decisions" | "purpose" | "journal">,
  verb: PolicyVerb,
): void {
  if (purpose === null) throw publicError("PURPOSE_REQUIRED");
  const isGiven = decisions.mayEver(verb, POLICY_SUBJECT);
  const refusal = isGiven ? null : "FORBIDDEN";
  const entry = { type: POLICY_SUBJECT, refusal, about: { verb } } as const;
  if (verb === "readPolicy") journal.evaluated(entry);
  else journal.verb(entry);
  if (!isGiven) throw publicError("FORBIDDEN");
}
