import type { Category } from "../classification/classification.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import type { Caller } from "../identity/caller.ts";
import type { Decisions } from "../policy/decisions.ts";

/** One outcome of the matrix: what a role gets of a category of a customer's fields for a purpose. */
export interface Outcome {
  readonly role: string;
  readonly purpose: string;
  readonly category: Category;
  readonly level: Disclosure;
}

/** One thing that a policy must decide, with the place where it is written. */
export interface PolicyCase {
  readonly file: string;
  /** Line, counted from 1. */
  readonly line: number;
  /** One sentence in the present tense. */
  readonly title: string;
  readonly caller: Caller;
  readonly now: Date;
  /** Ids of the rules that are expected to decide; empty where the case names none. */
  readonly rules: readonly string[];
  readonly covers: readonly Outcome[];
  /** What is decided otherwise than expected; null where nothing is. */
  readonly failure: (decisions: Decisions) => string | null;
}

/** The same outcome always has the same name. */
export function nameOf({ role, purpose, category, level }: Outcome): string {
  return `${role} ${purpose} ${category} ${level}`;
}

/** Outcomes that count for a caller; who holds several roles covers none of them alone. */
export function outcomesFor(
  caller: Caller,
  levels: Iterable<readonly [Category, Disclosure]>,
): Outcome[] {
  const [role, ...others] = caller.roles;
  const { purpose } = caller;
  if (role === undefined || others.length > 0 || purpose === null) return [];
  return [...levels].map(([category, level]) => ({ role, purpose, category, level }));
}
