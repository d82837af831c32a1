import type { AttributeDefinition } from "../classification/catalog.ts";
import type { AttributeValues, Condition } from "./condition.ts";
import { type Part, partsOf } from "./small-world.ts";
import { type Answers, type Term, Terms, TRUE } from "./terms.ts";

/** A row with how each condition turns out on it. */
export interface DistinctRow {
  readonly row: AttributeValues;
  /** By position of the condition. */
  readonly truths: readonly boolean[];
}

/** A row as far as it is made, with what is left of each condition. */
interface Begun {
  readonly values: readonly unknown[];
  readonly left: readonly Term[];
}

/**
 * The rows of a small world, one for each way in which the conditions turn out together: of rows that
 * turn out alike the first. They are made attribute by attribute, and of those of which the conditions
 * have the same left to ask only one goes on, so that millions of combinations come to some hundred
 * rows.
 */
export function distinctRows(
  conditions: readonly Condition[],
  attributes: ReadonlyMap<string, AttributeDefinition>,
): {
  rows: DistinctRow[];
  /** False where there would have been too many combinations: what was left over has no value. */
  isWhole: boolean;
} {
  const { parts, isWhole } = partsOf(conditions, attributes);
  const terms = new Terms();
  const asked = conditions.map((condition) => terms.of(condition));
  // Rules often share a condition, which is asked once.
  const distinct = [...new Set(asked)];
  let begun: readonly Begun[] = [{ values: [], left: distinct }];
  for (const part of withRest(parts, terms)) {
    begun = continued(begun, { answers: toldApart(part, terms), terms });
  }
  const places = asked.map((term) => distinct.indexOf(term));
  const rows = begun.map(({ values, left }): DistinctRow => ({
    row: Object.fromEntries(parts.map(({ name }, at) => [name, values[at]])),
    truths: places.map((place) => left[place] === TRUE),
  }));
  return { rows, isWhole };
}

/** Attributes that could not be combined any more have no value. */
function withRest(parts: readonly Part[], { attributes }: Terms): Part[] {
  const rest = attributes.filter((name) => !parts.some((part) => part.name === name));
  return [...parts, ...rest.map((name) => ({ name, candidates: [undefined] }))];
}

/** Values of an attribute that some test tells apart, with what the tests answer. */
function toldApart({ name, candidates }: Part, terms: Terms): Map<Answers, unknown> {
  const known = new Set<string>();
  const values = new Map<Answers, unknown>();
  for (const value of candidates) {
    const answers = terms.answers(name, value);
    if (!known.has(answers.key)) values.set(answers, value);
    known.add(answers.key);
  }
  return values;
}

/** Every row with every value of one more attribute, as far as they are still told apart. */
function continued(
  begun: readonly Begun[],
  { answers, terms }: { answers: ReadonlyMap<Answers, unknown>; terms: Terms },
): Begun[] {
  const found = new Map<string, Begun>();
  for (const { values, left } of begun) {
    for (const [known, value] of answers) {
      const after = left.map((term) => terms.after(term, known));
      const key = after.join();
      if (!found.has(key)) found.set(key, { values: [...values, value], left: after });
    }
  }
  return [...found.values()];
}
