import { attributesFor, type Catalog, type TypeDefinition } from "../classification/catalog.ts";
import type { AttributeValues, Condition } from "./condition.ts";
import { distinctRows } from "./distinct-rows.ts";

/** Rows for which some conditions are decided; null where there would be too many to make. */
type World = readonly AttributeValues[] | null;

/** Rows that are made in one comparison at most: who writes a draft decides how many there are. */
const MOST_ROWS = 1_000_000;

/** Makes rows that stand for all others, once for the same conditions. */
export class Worlds {
  readonly #catalog: Catalog;
  readonly #known = new Map<string, World>();
  #made = 0;

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** One row for each way in which the conditions can turn out. */
  of({ type, conditions }: { type: TypeDefinition; conditions: readonly Condition[] }): World {
    const distinct = new Map(conditions.map((condition) => [JSON.stringify(condition), condition]));
    const key = `${type.name} ${[...distinct.keys()].sort().join()}`;
    let world = this.#known.get(key);
    if (world === undefined) {
      world = this.#made > MOST_ROWS ? null : this.#make(type, [...distinct.values()]);
      this.#known.set(key, world);
    }
    return world;
  }

  #make(type: TypeDefinition, conditions: readonly Condition[]): World {
    const { rows, isWhole } = distinctRows(conditions, attributesFor(this.#catalog, type));
    this.#made += rows.length;
    return isWhole ? rows.map(({ row }) => row) : null;
  }
}
