import type { Catalog } from "../classification/catalog.ts";
import { abilityFor } from "./ability.ts";
import { Decisions } from "./decisions.ts";
import type { Finding } from "./findings.ts";
import { type Policy, POLICY_SUBJECT, type PolicyVerb } from "./rule.ts";
import { surveyedPairs } from "./survey-callers.ts";

/** Somebody with the roles that hold for them now. */
export interface RoleHolder {
  readonly id: string;
  readonly roles: readonly string[];
}

/** The steps without which no other policy comes into force. */
const NEEDED = ["writePolicy", "approvePolicy", "activatePolicy"] as const;

/**
 * Whether another policy could ever follow this one: somebody has to be able to write it, and
 * somebody else to approve and activate it. A policy that locks everybody out could only be mended
 * at the database.
 */
export function lockOutFindings({
  policy,
  catalog,
  people,
  now,
}: {
  policy: Policy;
  catalog: Catalog;
  people: readonly RoleHolder[];
  now: Date;
}): Finding[] {
  const rolesOf = rolesByVerb(policy, catalog, now);
  const holdersOf = (verb: PolicyVerb): string[] =>
    people
      .filter(({ roles }) => roles.some((role) => rolesOf.get(verb)?.has(role)))
      .map(({ id }) => id);
  const [writers = [], ...others] = NEEDED.map(holdersOf);
  const isPossible = writers.some((writer) =>
    others.every((holders) => holders.some((holder) => holder !== writer)),
  );
  if (isPossible) return [];
  const message =
    "No other policy could follow this one: of the people there are, nobody may write a version that somebody else may approve and activate.";
  return [{ severity: "error", file: ".", line: 1, message }];
}

/** Two people for each role: whom a policy is checked with where nobody is known. */
export function imaginaryPeople(policy: Policy): RoleHolder[] {
  return [...policy.roles.keys()].flatMap((role) =>
    ["first", "second"].map((which) => ({ id: `${which} ${role}`, roles: [role] })),
  );
}

/** Roles that have a verb for some purpose, where they lack nothing that a caller can have. */
function rolesByVerb(policy: Policy, catalog: Catalog, now: Date): Map<PolicyVerb, Set<string>> {
  const roles = new Map(NEEDED.map((verb): [PolicyVerb, Set<string>] => [verb, new Set()]));
  for (const { role, callers } of surveyedPairs(policy, [], now)) {
    for (const caller of callers.slice(0, 1)) {
      const decisions = new Decisions(abilityFor({ policy, catalog, caller, now }));
      for (const [verb, holders] of roles) {
        if (decisions.mayEver(verb, POLICY_SUBJECT)) holders.add(role);
      }
    }
  }
  return roles;
}
