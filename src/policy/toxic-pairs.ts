import { verbsOf } from "./role-verbs.ts";
import type { Policy, Verb } from "./rule.ts";
import type { ToxicPair } from "./oversight-terms.ts";

/**
 * Pairs of which one role is a part, together with the other roles of the same person: ids, in the
 * order of the policy. A role that is both sides by itself is named as well.
 */
export function toxicPairsOf(policy: Policy, role: string, roles: readonly string[]): string[] {
  const own = verbsOf(policy, [role]);
  const all = verbsOf(policy, roles);
  const holds = (verbs: readonly Verb[], of: ReadonlySet<Verb>): boolean =>
    verbs.some((verb) => of.has(verb));
  const isToxic = ({ one, other }: ToxicPair): boolean =>
    (holds(one, own) && holds(other, all)) || (holds(other, own) && holds(one, all));
  return (policy.reviews?.toxicPairs ?? []).filter(isToxic).map(({ id }) => id);
}
