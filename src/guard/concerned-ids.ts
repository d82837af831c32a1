import type { AttributeValues } from "../policy/condition.ts";

/** Ids, each once and in order. Of one `ConcernedIds` equal sets are one object. */
export type IdSet = readonly string[];

/**
 * Tells which ids stand in some attributes of rows, for the rows of one request. Most rows name the same
 * few, and lists that were read alike are one object, so a list is looked at once.
 */
export class ConcernedIds {
  readonly #ofOne = new Map<unknown, IdSet>();
  readonly #ofSeveral = new Map<string, IdSet>();
  readonly #numbers = new Map<unknown, number>();
  readonly #sets = new Map<string, IdSet>();

  idsIn(attributes: AttributeValues, names: readonly string[]): IdSet {
    const [only] = names;
    if (names.length === 1 && only !== undefined) {
      const value = attributes[only];
      let found = this.#ofOne.get(value);
      if (found === undefined) this.#ofOne.set(value, (found = this.#setOf([value])));
      return found;
    }
    let key = "";
    for (const name of names) key += `${this.#numberOf(attributes[name])} `;
    let found = this.#ofSeveral.get(key);
    if (found === undefined) {
      found = this.#setOf(names.map((name) => attributes[name]));
      this.#ofSeveral.set(key, found);
    }
    return found;
  }

  /** Lists that are equal and not the same have numbers of their own; the set made of them is one. */
  #numberOf(value: unknown): number {
    let number = this.#numbers.get(value);
    if (number === undefined) this.#numbers.set(value, (number = this.#numbers.size));
    return number;
  }

  #setOf(values: readonly unknown[]): IdSet {
    const texts = values.flat().filter((id) => typeof id === "string");
    const ids = [...new Set(texts)].sort();
    const key = ids.join();
    let set = this.#sets.get(key);
    if (set === undefined) this.#sets.set(key, (set = ids));
    return set;
  }
}
