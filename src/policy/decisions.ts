import { LRUCache } from "lru-cache";
import type { Catalog, FieldDefinition } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { Caller } from "../identity/caller.ts";
import { invariant } from "../lib/invariant.ts";
import {
  type AbilityRule,
  bindAll,
  boundAlike,
  type BoundPolicy,
  circumstancesOf,
  speakingRules,
  type Subject,
} from "./ability.ts";
import { bindingKey } from "./binding-key.ts";
import { budgetLimits } from "./budget.ts";
import { attributesOf, type AttributeValues, type Condition, isConstant } from "./condition.ts";
import type { AuditTerms } from "./control-terms.ts";
import type { DecideTogether } from "./decide-together.ts";
import { type AccessExplanation, explainAccess } from "./explain-access.ts";
import { lawInForce } from "./law/law-in-force.ts";
import { type LawStatement, statementsOf } from "./law/law.ts";
import type { LawPack } from "./law/law-pack.ts";
import { isLoaded, predicateOf } from "./matches.ts";
import type { FieldPlan, Plan } from "./plan.ts";
import { PlanBook } from "./plan-book.ts";
import { fieldCondition, type RowAction } from "./row-condition.ts";
import { verbsOf } from "./role-verbs.ts";
import type { BudgetLimit, CountRules, ElevationTerms, Policy, Refusal, Verb } from "./rule.ts";
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
  readonly #book: PlanBook;

  /** @param book what was made of the same rules for somebody else, or at another time */
  constructor(bound: BoundPolicy, book = new PlanBook(bound)) {
    this.bound = bound;
    this.#book = book;
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
    return this.#book.planOf(type);
  }

  /** Plan of one field. */
  fieldPlan(field: FieldDefinition): FieldPlan {
    const known = this.#book.knownPlan(field) ?? this.planOf(field.type).get(field.name);
    invariant(known !== undefined, `${field.type}.${field.name} has no plan`);
    return known;
  }

  /**
   * The verdicts on some fields of a row at once, in their order. Compiled when first asked for and kept
   * as long as the list of fields itself, so a list that is asked for again has to be the same one.
   */
  decideTogether(fields: readonly FieldDefinition[]): DecideTogether {
    return this.#book.decideTogether(fields);
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
    return this.#book.rows(action, type);
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
    return isLoaded(row, [...attributesOf(condition)]) && predicateOf(condition)(row);
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
  attributesForVerbs(field: FieldDefinition): readonly string[] {
    return this.#book.attributesForVerbs(field);
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
  /** By everything of a caller and the second. */
  readonly #decisions: LRUCache<string, Decisions>;
  /** By everything that the rules made of a caller and a second. */
  readonly #books: LRUCache<string, PlanBook>;

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
    this.#decisions = new LRUCache({ max: maxCallers });
    this.#books = new LRUCache({ max: maxCallers });
  }

  /**
   * Decisions for a caller at a time. The time counts in whole seconds, so that a caller's
   * requests within one second share a plan and every answer can be replayed.
   */
  decisionsFor(caller: Caller, now: Date): Decisions {
    const second = Math.floor(now.getTime() / 1_000);
    // The whole caller: a key that leaves an attribute out would mix callers up.
    const key = `${second} ${JSON.stringify(caller)}`;
    let decisions = this.#decisions.get(key);
    if (decisions === undefined) {
      decisions = this.#decide(caller, new Date(second * 1_000));
      this.#decisions.set(key, decisions);
    }
    return decisions;
  }

  /** Most of it is the same in the next second, and with a caller's next token. */
  #decide(caller: Caller, now: Date): Decisions {
    const { policy, catalog } = this;
    const asked = { policy, catalog, caller, now };
    const circumstances = circumstancesOf(asked);
    const speaking = speakingRules(policy, circumstances);
    const key = bindingKey(speaking, circumstances);
    const known = this.#books.get(key);
    if (known !== undefined) {
      const bound = boundAlike(known.bound, { asked, scope: circumstances.scope });
      return new Decisions(bound, known);
    }
    const bound = bindAll({ asked, circumstances, speaking });
    const book = new PlanBook(bound);
    this.#books.set(key, book);
    return new Decisions(bound, book);
  }
}
