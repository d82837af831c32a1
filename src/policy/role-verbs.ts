import { type Policy, type PolicyRule, type Verb, VERBS } from "./rule.ts";
import { type ConditionTemplate, isReference } from "./template.ts";

const KNOWN = new WeakMap<Policy, ReadonlyMap<string, ReadonlySet<Verb>>>();

/** What each role may do beside reading, for some purpose and on some row at least. */
function verbsByRole(policy: Policy): ReadonlyMap<string, ReadonlySet<Verb>> {
  let verbs = KNOWN.get(policy);
  if (verbs === undefined) {
    verbs = new Map(
      [...policy.roles.keys()].map((role) => [
        role,
        new Set(policy.rules.flatMap((rule) => (isFor(rule, role) ? verbOf(rule) : []))),
      ]),
    );
    KNOWN.set(policy, verbs);
  }
  return verbs;
}

/** What somebody may do who has all of these roles. */
export function verbsOf(policy: Policy, roles: readonly string[]): ReadonlySet<Verb> {
  const byRole = verbsByRole(policy);
  return new Set(roles.flatMap((role) => [...(byRole.get(role) ?? [])]));
}

function verbOf(rule: PolicyRule): Verb[] {
  if (rule.kind !== "verb") return [];
  const { verb } = rule;
  return VERBS.filter((one) => one === verb);
}

/** The loader ties every grant to its role by such a test. */
function isFor({ caller }: PolicyRule, role: string): boolean {
  const parts: readonly ConditionTemplate[] = caller.kind === "all" ? caller.of : [caller];
  return parts.some(
    (part) =>
      part.kind === "overlaps" &&
      part.attribute === "roles" &&
      !isReference(part.values) &&
      part.values.includes(role),
  );
}
