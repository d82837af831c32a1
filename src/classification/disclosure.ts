/**
 * How much of a value is given, from nothing to all of it. The order is the meaning:
 * a caller who may have one level may have every level below it.
 */
export const DISCLOSURES = ["NONE", "EXISTS", "TOKEN", "COARSE", "PARTIAL", "CLEAR"] as const;

/** One disclosure level. */
export type Disclosure = (typeof DISCLOSURES)[number];

const RANKS: Readonly<Record<Disclosure, number>> = {
  NONE: 0,
  EXISTS: 1,
  TOKEN: 2,
  COARSE: 3,
  PARTIAL: 4,
  CLEAR: 5,
};

/** Position of a level in the order: 0 for NONE, 5 for CLEAR. */
export function rankOf(disclosure: Disclosure): number {
  return RANKS[disclosure];
}

/** The lower of two levels. */
export function lowerOf(one: Disclosure, other: Disclosure): Disclosure {
  return RANKS[one] <= RANKS[other] ? one : other;
}

/** True when the first level gives more than the second. */
export function isAbove(one: Disclosure, other: Disclosure): boolean {
  return RANKS[one] > RANKS[other];
}

/** True when a word is the name of a level. */
export function isDisclosure(word: unknown): word is Disclosure {
  return typeof word === "string" && Object.hasOwn(RANKS, word);
}
