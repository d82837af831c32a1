import type { Condition } from "./condition.ts";
import { compilePredicate, type Predicate } from "./matches.ts";

/** A condition by its number: the same condition always has the same one. */
export type Term = number;

/** The term that never holds, and the one that always does. */
export const FALSE: Term = 0;
export const TRUE: Term = 1;

type Test = Exclude<Condition, { kind: "always" | "all" | "any" | "not" }>;

type Meaning =
  | { readonly kind: "always" }
  | { readonly kind: "test"; readonly holds: Predicate }
  | { readonly kind: "not"; readonly of: Term }
  | { readonly kind: "all" | "any"; readonly of: readonly Term[] };

/** How every test of one attribute turns out for one value of it. */
export interface Answers {
  /** The same where the value can't be told from another one. */
  readonly key: string;
  readonly truths: ReadonlyMap<Term, boolean>;
  /** What is left of terms, as far as it was asked. */
  readonly known: Map<Term, Term>;
}

/** Conditions as numbers, so that what is left of them when an attribute is known is worked out once. */
export class Terms {
  readonly #meanings: Meaning[] = [{ kind: "always" }, { kind: "always" }];
  readonly #numbers = new Map<string, Term>();
  readonly #tests = new Map<string, Set<Term>>();

  /** The term of a condition. */
  of(condition: Condition): Term {
    switch (condition.kind) {
      case "always":
        return condition.value ? TRUE : FALSE;
      case "not":
        return this.#not(this.of(condition.of));
      case "all":
      case "any":
        return this.#joined(
          condition.kind,
          condition.of.map((part) => this.of(part)),
        );
      default:
        return this.#test(condition);
    }
  }

  /** Attributes that some term reads. */
  get attributes(): readonly string[] {
    return [...this.#tests.keys()];
  }

  /** What the tests of an attribute answer for a value. */
  answers(attribute: string, value: unknown): Answers {
    const tests = [...(this.#tests.get(attribute) ?? [])];
    const row = { [attribute]: value };
    const truths = new Map(
      tests.map((test) => {
        const meaning = this.#meanings[test];
        return [test, meaning?.kind === "test" && meaning.holds(row)] as const;
      }),
    );
    return { key: [...truths.values()].map(Number).join(""), truths, known: new Map() };
  }

  /** What is left of a term when the answers are known. */
  after(term: Term, answers: Answers): Term {
    let left = answers.known.get(term);
    if (left === undefined) {
      left = this.#after(term, answers);
      answers.known.set(term, left);
    }
    return left;
  }

  #after(term: Term, answers: Answers): Term {
    const meaning = this.#meanings[term];
    switch (meaning?.kind) {
      case "test": {
        const truth = answers.truths.get(term);
        return truth === undefined ? term : truth ? TRUE : FALSE;
      }
      case "not":
        return this.#not(this.after(meaning.of, answers));
      case "all":
      case "any":
        return this.#joined(
          meaning.kind,
          meaning.of.map((part) => this.after(part, answers)),
        );
      default:
        return term;
    }
  }

  #test(test: Test): Term {
    const number = this.#numbered(written(test), () => ({
      kind: "test",
      holds: compilePredicate(test),
    }));
    const known = this.#tests.get(test.attribute) ?? new Set();
    this.#tests.set(test.attribute, known.add(number));
    return number;
  }

  #not(of: Term): Term {
    if (of === TRUE || of === FALSE) return of === TRUE ? FALSE : TRUE;
    const meaning = this.#meanings[of];
    if (meaning?.kind === "not") return meaning.of;
    return this.#numbered(`not ${of}`, () => ({ kind: "not", of }));
  }

  #joined(kind: "all" | "any", parts: readonly Term[]): Term {
    const [decisive, idle] = kind === "all" ? [FALSE, TRUE] : [TRUE, FALSE];
    if (parts.includes(decisive)) return decisive;
    const of = [...new Set(parts)].filter((part) => part !== idle).sort((a, b) => a - b);
    const [first] = of;
    if (first === undefined) return idle;
    if (of.length === 1) return first;
    return this.#numbered(`${kind} ${of.join(" ")}`, () => ({ kind, of }));
  }

  #numbered(key: string, make: () => Meaning): Term {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#meanings.push(make()) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}

/** A test as text: values of different types must not look alike. */
function written(test: Test): string {
  const values: readonly unknown[] =
    test.kind === "exists" ? [] : "values" in test ? test.values : [test.value];
  const typed = values.map((value) =>
    value instanceof Date ? `date ${value.getTime()}` : `${typeof value} ${String(value)}`,
  );
  const operator = test.kind === "compare" ? test.operator : "";
  return JSON.stringify([test.kind, test.attribute, operator, ...typed]);
}
