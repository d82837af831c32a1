import type { Catalog } from "../classification/catalog.ts";
import {
  type AbilityRule,
  type Asked,
  boundBy,
  boundRules,
  circumstancesOf,
} from "../policy/ability.ts";
import { bindRule } from "../policy/bind-rule.ts";
import { Decisions } from "../policy/decisions.ts";
import { isJointCap, jointRules } from "../policy/joint-caps.ts";
import type { Policy, PolicyRule } from "../policy/rule.ts";
import type { Circumstances } from "../policy/speaking.ts";
import type { Mutant } from "./mutants.ts";
import type { PolicyCase } from "./policy-case.ts";

/** The cases of one caller at one time: rules are bound to them once, and again only where one is wrong. */
export class Asking {
  readonly cases: readonly PolicyCase[];
  /** Under the policy as it is. */
  readonly decisions: Decisions;
  readonly #asked: Asked;
  readonly #circumstances: Circumstances;
  readonly #bound: ReadonlyMap<PolicyRule, readonly AbilityRule[]>;
  readonly #texts = new Map<PolicyRule, string>();

  constructor(asked: Asked, cases: readonly PolicyCase[]) {
    this.cases = cases;
    this.#asked = asked;
    const circumstances = circumstancesOf(asked);
    this.#circumstances = circumstances;
    this.#bound = new Map(asked.policy.rules.map((rule) => [rule, bindRule(rule, circumstances)]));
    this.decisions = this.#decisionsUnder(asked.policy);
  }

  /** Whether a mutant comes to something else than its rule, so that a case may notice it. */
  tellsApart({ rule, becomes }: Mutant): boolean {
    let text = this.#texts.get(rule);
    if (text === undefined) this.#texts.set(rule, (text = this.#textOf(rule)));
    return text !== this.#textOf(becomes);
  }

  /** What is decided where a mutant stands in the place of its rule. */
  decisionsUnder({ rule, becomes }: Mutant): Decisions {
    const { policy } = this.#asked;
    const rules = policy.rules.flatMap((one) => (one === rule ? (becomes ?? []) : one));
    return this.#decisionsUnder({ ...policy, rules });
  }

  #decisionsUnder(policy: Policy): Decisions {
    const circumstances = this.#circumstances;
    const bind = (rule: PolicyRule): readonly AbilityRule[] =>
      this.#bound.get(rule) ?? bindRule(rule, circumstances);
    const rules = boundRules(policy, circumstances, bind);
    return new Decisions(boundBy({ asked: { ...this.#asked, policy }, circumstances, rules }));
  }

  /** What one rule comes to, as text; what fields tell together is asked of what the others give. */
  #textOf(rule: PolicyRule | null): string {
    if (rule === null) return "[]";
    const own = isJointCap(rule)
      ? jointRules(rule, this.decisions.bound.rules)
      : bindRule(rule, this.#circumstances);
    return JSON.stringify(own.map((bound) => ({ ...bound, origin: null })));
  }
}

/** The cases by who asks and when. */
export function askingsOf({
  policy,
  catalog,
  cases,
}: {
  policy: Policy;
  catalog: Catalog;
  cases: readonly PolicyCase[];
}): Asking[] {
  const groups = Map.groupBy(cases, ({ caller, now }) => JSON.stringify([caller, now]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { caller, now } = first;
    return new Asking({ policy, catalog, caller, now }, group);
  });
}
