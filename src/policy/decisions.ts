import { LRUCache } from "lru-cache";
import { type Catalog, type FieldDefinition, typeIn } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { Caller } from "../identity/caller.ts";
import { invariant } from "../lib/invariant.ts";
import { abilityFor, type AbilityRule, type BoundPolicy, type Subject } from "./ability.ts";
import { budgetLimits } from "./budget.ts";
import { attributesOf, type AttributeValues, type Condition, isConstant } from "./condition.ts";
import { type AccessExplanation, explainAccess } from "./explain-access.ts";
import { lawInForce } from "./law/law-in-force.ts";
import { type LawStatement, statementsOf } from "./law/law.ts";
import type { LawPack } from "./law/law-pack.ts";
import { compilePredicate, isLoaded } from "./matches.ts";
import { type FieldPlan, type Plan, planFor } from "./plan.ts";
import { fieldCondition, type RowAction, rowCondition } from "./row-condition.ts";
import { verbsOf } from "./role-verbs.ts";
import {
  type BudgetLimit,
  type CountRules,
  type ElevationTerms,
  type Policy,
  type Refusal,
  type Verb,
  VERBS,
} from "./rule.ts";
import type { AuditTerms } from "./oversight-terms.ts";
import { DEFAULT_DENY } from "./verdict.ts";

/** Whether a row exists for a caller, and why not. */
export interface RowVerdict {
  readonly isVisible: boolean;
  readonly reason: string | null;
  readonly rule: string;
}

/** Everything that one caller may do for one purpose at one time, under one policy version. */
export class Decisions {
  readonly bound: BoundPolicy;
  readonly #plans = new Map<string, Plan>();
  readonly #fieldPlans = new Map<FieldDefinition, FieldPlan>();
  readonly #rows = new Map<string, Condition>();

  constructor(bound: BoundPolicy) {
    this.bound = bound;
  }

  get policyVersion(): string {
    return this.bound.policy.version;
  }

  /** What stands for the law at the time of these decisions; null where the policy has no law packs. */
  get lawPack(): string | null {
    return lawInForce(this.bound.policy, this.bound.now);
  }

  /** What refuses everything that this caller asks for, before any row is read; null where nothing does. */
  get refusal(): Refusal | null {
    return this.bound.refusal;
  }

  /** Plans of all fields of a type; compiled when first asked for. */
  planOf(type: string): Plan {
    let plan = this.#plans.get(type);
    if (plan === undefined) {
      plan = planFor(this.bound, typeIn(this.bound.catalog, type));
      this.#plans.set(type, plan);
      for (const fieldPlan of plan.values()) this.#fieldPlans.set(fieldPlan.field, fieldPlan);
    }
    return plan;
  }

  /** Plan of one field. */
  fieldPlan(field: FieldDefinition): FieldPlan {
    const known = this.#fieldPlans.get(field) ?? this.planOf(field.type).get(field.name);
    invariant(known !== undefined, `${field.type}.${field.name} has no plan`);
    return known;
  }

  /** The law packs of the policy, each with its entries that hold at a time. */
  lawPacksAt(at: Date): { readonly pack: LawPack; readonly statements: LawStatement[] }[] {
    const packs = [...(this.bound.policy.law?.values() ?? [])];
    return packs.map((pack) => ({ pack, statements: statementsOf(pack, at) }));
  }

  /** How counts are answered, or null where the policy says nothing of it and none is. */
  get counts(): CountRules | null {
    return this.bound.policy.counts ?? null;
  }

  /** The limits under which the caller looks up values of a field; all of them hold. */
  lookupLimits(field: FieldDefinition): readonly BudgetLimit[] {
    const { policy, caller } = this.bound;
    return budgetLimits({ policy, roles: caller.roles, field });
  }

  /** How long what belongs to an elevation may take, or null where nothing is opened to anybody. */
  get elevations(): ElevationTerms | null {
    return this.bound.policy.elevations ?? null;
  }

  /** What holds for audits, or null where none is planned. */
  get audits(): AuditTerms | null {
    return this.bound.policy.audits ?? null;
  }

  /** What somebody with these roles may do beside reading, for some purpose and on some row at least. */
  verbsOf(roles: readonly string[]): ReadonlySet<Verb> {
    return verbsOf(this.bound.policy, roles);
  }

  /**
   * Rows on which a field is at a level or above, may be what rows are grouped by, or has a verb
   * given on it. A level is that of the rules, before the field falls to one that it can render.
   */
  rowsWhere(action: Disclosure | "group" | Verb, field: FieldDefinition): Condition {
    return fieldCondition(this.bound.ability, action, field);
  }

  /** The caller's row condition: `see` for lists, `know` where a tombstone answers GONE, `count` for counts, `ask` for questions about others. */
  rows(action: RowAction, type: string): Condition {
    const key = `${action} ${type}`;
    let condition = this.#rows.get(key);
    if (condition === undefined) {
      condition = rowCondition(this.bound.ability, action, type);
      this.#rows.set(key, condition);
    }
    return condition;
  }

  /** Whether a loaded row may be seen; not where an attribute that the rules read was not loaded. */
  canSee(type: string, row: AttributeValues): boolean {
    return this.rowVerdict(type, row).isVisible;
  }

  /** Whether no row of a type can exist for the caller, whatever is given of its fields. */
  seesNoRow(type: string): boolean {
    return isConstant(this.rows("see", type), false);
  }

  /** Whether a loaded row is among those on which an action about rows is given. */
  isAmong(action: RowAction, type: string, row: AttributeValues): boolean {
    const condition = this.rows(action, type);
    return isLoaded(row, [...attributesOf(condition)]) && compilePredicate(condition)(row);
  }

  /**
   * Whether a loaded row may be seen, with the reason and the rule where it may not. Scope is asked
   * first: who never had the row in scope is not told what became of it (domain 4.3).
   */
  rowVerdict(type: string, row: AttributeValues): RowVerdict {
    const { refusal } = this.bound;
    if (refusal !== null) return { isVisible: false, reason: refusal.reason, rule: refusal.id };
    if (!isLoaded(row, [...attributesOf(this.rows("see", type))]))
      return hidden("ATTRIBUTE_NOT_LOADED");
    const subject = { ...row, __typename: type } as Subject;
    const isInScope = this.bound.ability
      .rulesFor("see", type)
      .some((rule) => !rule.inverted && rule.matchesConditions(subject));
    if (!isInScope) return hidden("OUT_OF_SCOPE");
    const rule = this.bound.ability.relevantRuleFor("see", subject);
    invariant(rule !== null, "a row in scope has a rule");
    const { origin } = rule.origin as AbilityRule;
    if (origin.kind !== "row-stop") return { isVisible: true, reason: null, rule: origin.id };
    return { isVisible: false, reason: origin.reason, rule: origin.id };
  }

  /**
   * Whether a verb is given on a field of a loaded row; a field is always named (stack.md, trap 13).
   * Not where an attribute that the rules read was not loaded.
   */
  canDo(verb: Verb, row: AttributeValues, field: FieldDefinition): boolean {
    if (!isLoaded(row, this.attributesForVerbs(field))) return false;
    return this.bound.ability.can(verb, { ...row, __typename: field.type } as Subject, field.name);
  }

  /** Row attributes by which the verbs on a field are decided. */
  attributesForVerbs(field: FieldDefinition): string[] {
    const names = new Set<string>();
    for (const verb of VERBS) {
      for (const { conditions } of this.bound.ability.rulesFor(verb, field.type, field.name)) {
        if (conditions !== undefined) attributesOf(conditions, names);
      }
    }
    return [...names];
  }

  /** Why a field of a loaded row is given as it is, and what would change it. */
  explain(row: AttributeValues, field: FieldDefinition): AccessExplanation {
    return explainAccess(this, row, field);
  }

  /** Whether a verb that is about no field is given at all. */
  mayEver(verb: Verb, type: string): boolean {
    if (this.refusal !== null) return false;
    return this.bound.ability.possibleRulesFor(verb, type).some((rule) => !rule.inverted);
  }
}

function hidden(reason: string): RowVerdict {
  return { isVisible: false, reason, rule: DEFAULT_DENY };
}

/** Makes and keeps decisions; what it keeps is keyed by everything that a rule can read. */
export class PolicyEngine {
  readonly catalog: Catalog;
  readonly policy: Policy;
  readonly #cache: LRUCache<string, Decisions>;

  constructor({
    policy,
    catalog,
    maxCallers = 1_000,
  }: {
    policy: Policy;
    catalog: Catalog;
    maxCallers?: number;
  }) {
    this.policy = policy;
    this.catalog = catalog;
    this.#cache = new LRUCache({ max: maxCallers });
  }

  /**
   * Decisions for a caller at a time. The time counts in whole seconds, so that a caller's
   * requests within one second share a plan and every answer can be replayed.
   */
  decisionsFor(caller: Caller, now: Date): Decisions {
    const second = Math.floor(now.getTime() / 1_000);
    const key = `${second} ${keyOf(caller)}`;
    let decisions = this.#cache.get(key);
    if (decisions === undefined) {
      const bound = abilityFor({
        policy: this.policy,
        catalog: this.catalog,
        caller,
        now: new Date(second * 1_000),
      });
      decisions = new Decisions(bound);
      this.#cache.set(key, decisions);
    }
    return decisions;
  }
}

/** Every attribute of the caller, in fixed order: a key that leaves one out would mix callers up. */
function keyOf(caller: Caller): string {
  return JSON.stringify(Object.entries(caller).sort(([a], [b]) => (a < b ? -1 : 1)));
}
