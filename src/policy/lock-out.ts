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

/** A policy, and who there is to change it: people of the organisation that operates Custodia. */
export interface LockOutQuestion {
  readonly policy: Policy;
  readonly catalog: Catalog;
  readonly people: readonly RoleHolder[];
  readonly now: Date;
}

/**
 * Whether another policy could ever follow this one, by the operator's people and nobody else:
 * somebody has to be able to write it, and somebody else to approve and activate it. A policy that
 * locks everybody out could only be mended at the database; one that lets in others gives them
 * everything.
 */
export function lockOutFindings(question: LockOutQuestion): Finding[] {
  return [...withoutSuccessor(question), ...letsOthersIn(question)].map((message) => ({
    severity: "error",
    file: ".",
    line: 1,
    message,
  }));
}

function withoutSuccessor({ people, ...about }: LockOutQuestion): string[] {
  const rolesOf = rolesByVerb({ ...about, organisationIsOperator: true });
  const holdersOf = (verb: PolicyVerb): string[] =>
    people
      .filter(({ roles }) => roles.some((role) => rolesOf.get(verb)?.has(role)))
      .map(({ id }) => id);
  const [writers = [], ...others] = NEEDED.map(holdersOf);
  const isPossible = writers.some((writer) =>
    others.every((holders) => holders.some((holder) => holder !== writer)),
  );
  if (isPossible) return [];
  return [
    "No other policy could follow this one: of the operator's people there are, nobody may write a version that somebody else may approve and activate.",
  ];
}

function letsOthersIn({ people: _people, ...about }: LockOutQuestion): string[] {
  const rolesOf = rolesByVerb({ ...about, organisationIsOperator: false });
  return [...rolesOf].flatMap(([verb, roles]) =>
    [...roles].map(
      (role) =>
        `${role} may ${verb} in organisations that do not operate Custodia. Give it to callers with organisationIsOperator alone.`,
    ),
  );
}

/** Two people for each role: whom a policy is checked with where nobody is known. */
export function imaginaryPeople(policy: Policy): RoleHolder[] {
  return [...policy.roles.keys()].flatMap((role) =>
    ["first", "second"].map((which) => ({ id: `${which} ${role}`, roles: [role] })),
  );
}

/** Roles that have a verb for some purpose, where they lack nothing else that a caller can have. */
function rolesByVerb({
  policy,
  catalog,
  now,
  organisationIsOperator,
}: Omit<LockOutQuestion, "people"> & { organisationIsOperator: boolean }): Map<
  PolicyVerb,
  Set<string>
> {
  const roles = new Map(NEEDED.map((verb): [PolicyVerb, Set<string>] => [verb, new Set()]));
  for (const { role, callers } of surveyedPairs(policy, [], now)) {
    for (const whole of callers.slice(0, 1)) {
      const caller = { ...whole, organisationIsOperator };
      const decisions = new Decisions(abilityFor({ policy, catalog, caller, now }));
      for (const [verb, holders] of roles) {
        if (decisions.mayEver(verb, POLICY_SUBJECT)) holders.add(role);
      }
    }
  }
  return roles;
}
