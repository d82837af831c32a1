import type { AttributeValues, Condition } from "./condition.ts";
import { describeCondition } from "./explain-words.ts";
import { predicateOf } from "./matches.ts";
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

/** A condition as it is written, with everything but the row that tells whether its clauses hold. */
export interface Examined {
  readonly of: Clause["of"];
  readonly template: ConditionTemplate;
  readonly scope: Scope;
  /** What a clause counts as that has nothing to compare with: a stop takes it as its own cause. */
  readonly isStop: boolean;
}

/** The clauses of something, with what comes of them on a row or for a caller. */
export interface ClausesOn {
  /** Everything that is asked of the row, by what it says: where all is answered alike, so are the clauses. */
  readonly tests: ReadonlyMap<string, Test>;
  readonly on: (values: AttributeValues) => readonly Clause[];
}

/** Whether something holds for a row; null where an attribute that it reads was not loaded. */
export type Test = (values: AttributeValues) => boolean | null;

/**
 * Every clause of a condition with what came of it, groups before what is in them. Words and tests are
 * made once, for whatever it is asked of.
 */
export function clausesOf(examined: Examined): ClausesOn {
  const { template } = examined;
  const tests = new Map<string, Test>();
  if (template.kind === "always") return { tests, on: () => [] };
  const root = nodeOf({ ...examined, tests }, { template, depth: 0, isNegated: false });
  const on = (values: AttributeValues): Clause[] => {
    const clauses: Clause[] = [];
    root(values, clauses);
    return clauses;
  };
  return { tests, on };
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

interface Examining extends Examined {
  readonly tests: Map<string, Test>;
}

/** Adds its clauses, and tells whether the whole of them holds. */
type Node = (values: AttributeValues, into: Clause[]) => Result;

function nodeOf(examined: Examining, { template, depth, isNegated }: Place): Node {
  if (template.kind === "all" || template.kind === "any") {
    const [only, ...others] = template.of;
    if (only !== undefined && others.length === 0)
      return nodeOf(examined, { template: only, depth, isNegated });
    const parts = template.of.map((part) =>
      nodeOf(examined, { template: part, depth: depth + 1, isNegated }),
    );
    const { of } = examined;
    return template.kind === "all"
      ? group({ of, depth, text: "all of", parts, together: every })
      : group({ of, depth, text: "any of", parts, together: some });
  }
  if (template.kind === "not") {
    const deeper = { template: template.of, depth: depth + 1, isNegated: !isNegated };
    const parts = [nodeOf(examined, deeper)];
    const together = ([result = null]: readonly Result[]): Result => opposite(result);
    return group({ of: examined.of, depth, text: "not", parts, together });
  }
  return comparison(examined, { template, depth, isNegated });
}

/** A group stands before its parts, and what comes of it follows from theirs. */
function group({
  of,
  depth,
  text,
  parts,
  together,
}: Omit<Clause, "holds"> & {
  parts: readonly Node[];
  together: (results: readonly Result[]) => Result;
}): Node {
  return (values, into) => {
    const place = into.length;
    into.push(PLACE);
    const holds = together(parts.map((part) => part(values, into)));
    into[place] = { of, depth, text, holds };
    return holds;
  };
}

const PLACE: Clause = { of: "ROW", depth: 0, text: "", holds: null };

function comparison(examined: Examining, { template, depth, isNegated }: Place): Node {
  const { of, scope, isStop } = examined;
  const bound = boundOrNull(template, scope);
  const attribute = attributeOf(template);
  if (bound === null) {
    const text = `${attribute} compared with what the caller does not have`;
    const holds = isStop ? !isNegated : null;
    return always({ of, depth, text, holds });
  }
  const text = describeCondition(bound);
  const predicate = predicateOf(bound);
  if (attribute === null) return always({ of, depth, text, holds: predicate({}) });
  const test: Test = (values) => (values[attribute] === undefined ? null : predicate(values));
  examined.tests.set(JSON.stringify(bound), test);
  const [yes, no, unknown] = [true, false, null].map((holds) => ({ of, depth, text, holds }));
  return (values, into) => {
    const holds = test(values);
    into.push((holds === null ? unknown : holds ? yes : no) as Clause);
    return holds;
  };
}

function always(clause: Clause): Node {
  return (_values, into) => {
    into.push(clause);
    return clause.holds;
  };
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
