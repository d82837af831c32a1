import type { PolicyRule } from "./rule.ts";
import type { Circumstances } from "./speaking.ts";
import { type ConditionTemplate, isReference, type Reference } from "./template.ts";

/** Numbers of rules, for keys; no two rules ever have one. */
const numbers = new WeakMap<PolicyRule, number>();
let last = 0;

/**
 * Everything on which the ability rules of a caller depend: which rules speak, what their references
 * stand for, and what of the caller they may be bound for. Who has the same key under one policy and
 * catalog is decided about by the same plans.
 *
 * @param speaking every rule that speaks to the caller
 */
export function bindingKey(
  speaking: readonly PolicyRule[],
  { scope, items }: Circumstances,
): string {
  const names = new Set<string>();
  const rules = speaking.map((rule) => {
    for (const name of referencesIn(rule)) names.add(name);
    return numberOf(rule);
  });
  // A point in time is told from the text that it is written as by the name before it.
  const values = [...names].map((name) => [name, scope[name]]);
  return JSON.stringify([rules, values, items]);
}

function numberOf(rule: PolicyRule): number {
  let number = numbers.get(rule);
  if (number === undefined) numbers.set(rule, (number = last += 1));
  return number;
}

const references = new WeakMap<PolicyRule, readonly string[]>();

/** Names of everything that is looked up when a rule is bound, beside what its items have. */
function referencesIn(rule: PolicyRule): readonly string[] {
  let names = references.get(rule);
  if (names === undefined) {
    const { caller: _test, ...bound } = rule;
    references.set(rule, (names = [...collect(bound, new Set())]));
  }
  return names;
}

/** Looks through the whole rule, so that no place in which a reference may stand is forgotten. */
function collect(part: unknown, into: Set<string>): Set<string> {
  if (isReference(part)) into.add((part satisfies Reference).reference);
  else if (Array.isArray(part)) for (const one of part as unknown[]) collect(one, into);
  else if (typeof part === "object" && part !== null && !(part instanceof Date))
    for (const one of Object.values(part as ConditionTemplate)) collect(one, into);
  return into;
}
