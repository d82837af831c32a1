import { attributesFor, type Catalog } from "../classification/catalog.ts";
import { CLASSIFICATIONS } from "../classification/classification.ts";
import { CALLER_ATTRIBUTES, CALLER_KINDS } from "./caller-attributes.ts";
import type { KnownAttribute, KnownAttributes } from "./parse-condition.ts";
import { BASES, ROLE_KINDS } from "./rule.ts";

/** Words that other documents define and rules use. */
export interface Words {
  readonly catalog: Catalog;
  readonly roles: ReadonlySet<string>;
  readonly purposes: ReadonlySet<string>;
}

/** Attributes that rules about a type may read. */
export function attributesOfType({ catalog, purposes }: Words, name: string): KnownAttributes {
  const type = catalog.get(name);
  if (type === undefined) return new Map();
  return new Map(
    [...attributesFor(catalog, type)].map(([attribute, { kind, words }]) => [
      attribute,
      { kind, words: words === "purposes" ? [...purposes] : words },
    ]),
  );
}

/** Attributes of callers, with the words that some of them can only hold. */
export function attributesOfCallers(words: Words): KnownAttributes {
  const closed: Readonly<Record<string, Iterable<string>>> = {
    roles: words.roles,
    roleKinds: ROLE_KINDS,
    purpose: words.purposes,
    purposeBasis: BASES,
    kind: CALLER_KINDS,
    clearance: CLASSIFICATIONS,
  };
  return new Map(
    Object.entries(CALLER_ATTRIBUTES).map(([name, kind]) => {
      const known = closed[name];
      return [name, { kind, words: known === undefined ? undefined : [...known] }];
    }),
  );
}

/** Attributes that all of the types have; a value is sound where one of them can have it. */
export function attributesSharedBy([
  first,
  ...others
]: readonly KnownAttributes[]): KnownAttributes {
  const shared = new Map<string, KnownAttribute>();
  for (const [name, known] of first ?? []) {
    const same = others.map((other) => other.get(name));
    if (same.some((other) => other?.kind !== known.kind)) continue;
    const lists = [known, ...same].map((one) => one?.words);
    const isClosed = lists.every((list) => list !== undefined);
    const all = [...new Set(lists.flatMap((list) => list ?? []))];
    shared.set(name, { kind: known.kind, words: isClosed ? all : undefined });
  }
  return shared;
}
