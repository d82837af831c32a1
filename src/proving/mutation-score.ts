import type { Catalog } from "../classification/catalog.ts";
import type { Caller } from "../identity/caller.ts";
import { abilityFor } from "../policy/ability.ts";
import { Decisions } from "../policy/decisions.ts";
import { isJointCap } from "../policy/joint-caps.ts";
import type { Policy, PolicyRule } from "../policy/rule.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import type { PolicyCase } from "./policy-case.ts";

/** How many wrong policies the cases tell from the right one. */
export interface MutationScore {
  readonly mutants: number;
  readonly survivors: readonly Mutant[];
}

/** The cases of one caller at one time, who share an ability. */
interface Asking {
  readonly caller: Caller;
  readonly now: Date;
  readonly cases: readonly PolicyCase[];
}

/**
 * Holds every mutant of every rule against the cases. A mutant that binds to a caller like the rule
 * itself can't be noticed by that caller's cases; the others are asked, the likeliest first.
 */
export function mutationScore({
  policy,
  catalog,
  cases,
}: {
  policy: Policy;
  catalog: Catalog;
  cases: readonly PolicyCase[];
}): MutationScore {
  const everybody = byCaller(cases);
  let mutants = 0;
  const survivors = policy.rules.flatMap((rule) => {
    const bindings = new Map(
      everybody.map((asking) => [asking, bindingOf({ policy, catalog, asking, rule })]),
    );
    const names = (one: Asking): number =>
      one.cases.some(({ rules }) => rules.includes(rule.id)) ? 0 : 1;
    const inOrder = everybody.toSorted((one, other) => names(one) - names(other));
    return mutantsOf(rule, catalog).filter((mutant) => {
      mutants += 1;
      return !inOrder.some((asking) => {
        const bound = bindingOf({ policy, catalog, asking, rule: mutant.becomes });
        return bound !== bindings.get(asking) && notices({ policy, catalog, asking, mutant });
      });
    });
  });
  return { mutants, survivors };
}

interface Place {
  readonly policy: Policy;
  readonly catalog: Catalog;
  readonly asking: Asking;
}

/** What one rule comes to for a caller, as text. */
function bindingOf({ policy, catalog, asking, rule }: Place & { rule: PolicyRule | null }): string {
  if (rule === null) return "[]";
  // What fields tell together is asked of what the other rules give of each.
  const others = isJointCap(rule) ? policy.rules.filter((other) => !isJointCap(other)) : [];
  const { rules } = abilityFor({
    policy: { ...policy, rules: [...others, rule] },
    catalog,
    ...asking,
  });
  const own = rules.filter(({ origin }) => origin === rule);
  return JSON.stringify(own.map((bound) => ({ ...bound, origin: null })));
}

function notices({ policy, catalog, asking, mutant }: Place & { mutant: Mutant }): boolean {
  const rules = policy.rules.flatMap((rule) =>
    rule === mutant.rule ? (mutant.becomes ?? []) : rule,
  );
  const bound = abilityFor({ policy: { ...policy, rules }, catalog, ...asking });
  const decisions = new Decisions(bound);
  return asking.cases.some((one) => one.failure(decisions) !== null);
}

function byCaller(cases: readonly PolicyCase[]): Asking[] {
  const groups = Map.groupBy(cases, ({ caller, now }) => JSON.stringify([caller, now]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ caller: first.caller, now: first.now, cases: group }];
  });
}
