import type { RequestContext } from "../graphql/context.ts";
import type { Caller } from "../identity/caller.ts";
import { supposedCallerOf } from "../identity/caller-of.ts";
import type { PrincipalRecord } from "../identity/principal-directory.ts";
import { scopesIn, plainCaller } from "../policy/survey-callers.ts";
import type { ComparedPolicies } from "./compared-policies.ts";

/** Makes the caller that a principal would be for a purpose. */
export type CallerFor = (record: PrincipalRecord, purpose: string) => Caller;

/**
 * Principals as they would call, with a second factor. A draft may ask anything of a caller, so it
 * is tried on what auditors are told of principals anyway (id, kind, roles, organisation); in all
 * else they are somebody who lacks nothing, to whom no row is their own and nothing was opened
 * (decision 0027).
 */
export function callersFor(
  { from, to, isApproved }: ComparedPolicies,
  { caller: asker }: RequestContext,
  at: Date,
): CallerFor {
  const real: CallerFor = (record, purpose) =>
    supposedCallerOf({ record, purpose, mfa: true, now: at });
  if (isApproved) return real;
  const scopes = [...new Set([from, to].flatMap(scopesIn))].sort();
  return (record, purpose) => {
    const { id, kind, name, roles, organisationId, organisationCode, ...rest } = real(
      record,
      purpose,
    );
    const isMachine = kind === "CLIENT";
    const whole = plainCaller({ isMachine, roles, purpose, scopes, now: at });
    const servedOrganisationIds = rest.servedOrganisationIds.filter((served) =>
      asker.servedOrganisationIds.includes(served),
    );
    return { ...whole, id, kind, name, organisationId, organisationCode, servedOrganisationIds };
  };
}
