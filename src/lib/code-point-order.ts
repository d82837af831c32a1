const FIRST_SURROGATE = 0xd800;
const AFTER_SURROGATES = 0xe000;
const ABOVE_ALL_UNITS = 0x10000;

/**
 * Orders two texts by code point: negative, zero or positive. JavaScript's `<` goes by UTF-16 code
 * units and puts U+1F600 before U+FF5E; PostgreSQL's collation "C" doesn't.
 */
export function compareCodePoints(one: string, other: string): number {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at += 1) {
    const left = one.charCodeAt(at);
    const right = other.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return one.length - other.length;
}

/** Lifts surrogates, which stand for the highest code points, above every other code unit. */
function rank(unit: number): number {
  return unit >= FIRST_SURROGATE && unit < AFTER_SURROGATES ? unit + ABOVE_ALL_UNITS : unit;
}
