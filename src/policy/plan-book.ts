import { type FieldDefinition, typeIn } from "../classification/catalog.ts";
import { invariant } from "../lib/invariant.ts";
import type { BoundPolicy } from "./ability.ts";
import { attributesOf, type Condition } from "./condition.ts";
import { type DecideTogether, decideTogether } from "./decide-together.ts";
import { type FieldPlan, type Plan, planFor } from "./plan.ts";
import { type RowAction, rowCondition } from "./row-condition.ts";
import { VERBS } from "./rule.ts";

/**
 * What follows from bound rules alone, whoever they were bound for: plans and row conditions, each made
 * when it is first asked for. Callers and moments for which the rules come to the same share one.
 */
export class PlanBook {
  readonly bound: BoundPolicy;
  readonly #plans = new Map<string, Plan>();
  readonly #fieldPlans = new Map<FieldDefinition, FieldPlan>();
  readonly #rows = new Map<string, Condition>();
  readonly #verbAttributes = new Map<FieldDefinition, readonly string[]>();
  readonly #together = new WeakMap<readonly FieldDefinition[], DecideTogether>();

  constructor(bound: BoundPolicy) {
    this.bound = bound;
  }

  /** Plans of all fields of a type. */
  planOf(type: string): Plan {
    let plan = this.#plans.get(type);
    if (plan === undefined) {
      plan = planFor(this.bound, typeIn(this.bound.catalog, type));
      this.#plans.set(type, plan);
      for (const fieldPlan of plan.values()) this.#fieldPlans.set(fieldPlan.field, fieldPlan);
    }
    return plan;
  }

  /** Plan of one field, where those of its type were made before. */
  knownPlan(field: FieldDefinition): FieldPlan | undefined {
    return this.#fieldPlans.get(field);
  }

  /** The verdicts on these fields of a row, in this order. */
  decideTogether(fields: readonly FieldDefinition[]): DecideTogether {
    let decide = this.#together.get(fields);
    if (decide === undefined) {
      const plans = fields.map((field) => {
        const plan = this.planOf(field.type).get(field.name);
        invariant(plan !== undefined, `${field.type}.${field.name} has no plan`);
        return plan;
      });
      this.#together.set(fields, (decide = decideTogether(plans)));
    }
    return decide;
  }

  /** The row condition of an action about rows. */
  rows(action: RowAction, type: string): Condition {
    const key = `${action} ${type}`;
    let condition = this.#rows.get(key);
    if (condition === undefined) {
      condition = rowCondition(this.bound.ability, action, type);
      this.#rows.set(key, condition);
    }
    return condition;
  }

  /** Row attributes by which the verbs on a field are decided. */
  attributesForVerbs(field: FieldDefinition): readonly string[] {
    let known = this.#verbAttributes.get(field);
    if (known === undefined) {
      const names = new Set<string>();
      for (const verb of VERBS) {
        for (const { conditions } of this.bound.ability.rulesFor(verb, field.type, field.name)) {
          if (conditions !== undefined) attributesOf(conditions, names);
        }
      }
      this.#verbAttributes.set(field, (known = [...names]));
    }
    return known;
  }
}
