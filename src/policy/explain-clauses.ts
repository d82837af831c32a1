import type { AttributeValues, Condition } from "./condition.ts";
import { describeCondition } from "./explain-words.ts";
import { compilePredicate, isLoaded } from "./matches.ts";
import { bind, type ConditionTemplate, type Scope, UnboundReference } from "./template.ts";

/** One clause of a rule's condition, or one group of clauses, which those one deeper belong to. */
export interface Clause {
  /** Whether it is about who asks or about the row. */
  readonly of: "CALLER" | "ROW";
  /** 0 for the whole condition, one more within each group. */
  readonly depth: number;
  readonly text: string;
  /** Null where an attribute was not loaded, or the caller has no value to compare with. */
  readonly holds: boolean | null;
}

/** A condition as it is written, with everything that tells whether its clauses hold. */
export interface Examined {
  readonly of: Clause["of"];
  readonly template: ConditionTemplate;
  readonly values: AttributeValues;
  readonly scope: Scope;
  /** What a clause counts as that has nothing to compare with: a stop takes it as its own cause. */
  readonly isStop: boolean;
}

/** Every clause of a condition with what came of it, groups before what is in them. */
export function clausesOf(examined: Examined): Clause[] {
  if (examined.template.kind === "always") return [];
  return walk(examined, { template: examined.template, depth: 0, isNegated: false });
}

/** Every comparison of a condition, bound to the caller; those that can't be bound are left out. */
export function comparisonsOf(template: ConditionTemplate, scope: Scope): Condition[] {
  switch (template.kind) {
    case "all":
    case "any":
      return template.of.flatMap((part) => comparisonsOf(part, scope));
    case "not":
      return comparisonsOf(template.of, scope);
    default: {
      const bound = boundOrNull(template, scope);
      return bound === null || bound.kind === "always" ? [] : [bound];
    }
  }
}

interface Place {
  readonly template: ConditionTemplate;
  readonly depth: number;
  readonly isNegated: boolean;
}

function walk(examined: Examined, { template, depth, isNegated }: Place): Clause[] {
  if (template.kind === "all" || template.kind === "any") {
    const [only, ...others] = template.of;
    if (only !== undefined && others.length === 0)
      return walk(examined, { template: only, depth, isNegated });
    const parts = template.of.map((part) =>
      walk(examined, { template: part, depth: depth + 1, isNegated }),
    );
    const results = parts.map(resultOf);
    const text = template.kind === "all" ? "all of" : "any of";
    const holds = template.kind === "all" ? every(results) : some(results);
    return [{ of: examined.of, depth, text, holds }, ...parts.flat()];
  }
  if (template.kind === "not") {
    const part = walk(examined, {
      template: template.of,
      depth: depth + 1,
      isNegated: !isNegated,
    });
    return [{ of: examined.of, depth, text: "not", holds: opposite(resultOf(part)) }, ...part];
  }
  return [comparison(examined, { template, depth, isNegated })];
}

function comparison(examined: Examined, { template, depth, isNegated }: Place): Clause {
  const { of, scope, values, isStop } = examined;
  const bound = boundOrNull(template, scope);
  if (bound === null) {
    const text = `${attributeOf(template)} compared with what the caller does not have`;
    return { of, depth, text, holds: isStop ? !isNegated : null };
  }
  const attribute = attributeOf(template);
  const isKnown = attribute === null || isLoaded(values, [attribute]);
  const holds = isKnown ? compilePredicate(bound)(values) : null;
  return { of, depth, text: describeCondition(bound), holds };
}

function attributeOf(template: ConditionTemplate): string | null {
  return "attribute" in template ? template.attribute : null;
}

function boundOrNull(template: ConditionTemplate, scope: Scope): Condition | null {
  try {
    return bind(template, scope);
  } catch (error) {
    if (error instanceof UnboundReference) return null;
    throw error;
  }
}

type Result = boolean | null;

function resultOf([first]: readonly Clause[]): Result {
  return first?.holds ?? null;
}

/** What is unknown decides nothing as long as another clause does. */
function every(results: readonly Result[]): Result {
  if (results.includes(false)) return false;
  return results.includes(null) ? null : true;
}

function some(results: readonly Result[]): Result {
  if (results.includes(true)) return true;
  return results.includes(null) ? null : false;
}

function opposite(result: Result): Result {
  return result === null ? null : !result;
}
