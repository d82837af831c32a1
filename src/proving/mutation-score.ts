import type { Catalog } from "../classification/catalog.ts";
import type { Policy, PolicyRule } from "../policy/rule.ts";
import type { Asking } from "./asking.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";

/** How many wrong policies the cases tell from the right one. */
export interface MutationScore {
  readonly mutants: number;
  readonly survivors: readonly Mutant[];
}

/**
 * Holds every mutant of every rule against the cases. A mutant that binds to a caller like the rule
 * itself can't be noticed by that caller's cases; the others are asked, the likeliest first.
 */
export function mutationScore({
  policy,
  catalog,
  askings,
}: {
  policy: Policy;
  catalog: Catalog;
  askings: readonly Asking[];
}): MutationScore {
  let mutants = 0;
  const survivors = policy.rules.flatMap((rule) => {
    const inOrder = likeliestFirst(askings, rule);
    return mutantsOf(rule, catalog).filter((mutant) => {
      mutants += 1;
      return !inOrder.some((asking) => asking.tellsApart(mutant) && notices(asking, mutant));
    });
  });
  return { mutants, survivors };
}

/** Cases that name a rule are the likeliest to notice that it is wrong. */
function likeliestFirst(askings: readonly Asking[], { id }: PolicyRule): Asking[] {
  const naming = new Set(
    askings.filter(({ cases }) => cases.some(({ rules }) => rules.includes(id))),
  );
  return [...naming, ...askings.filter((asking) => !naming.has(asking))];
}

function notices(asking: Asking, mutant: Mutant): boolean {
  const decisions = asking.decisionsUnder(mutant);
  return asking.cases.some((one) => one.failure(decisions) !== null);
}
