/** Signs that masks are made of; `·` is not one, it belongs into names (阿卜杜拉·买买提). */
const SIGN = "*＊∗⁎•●◦■█▇※";
const ANY_SIGN = new RegExp(`[${SIGN}]`, "u");
const RUN_OF_SIGNS = new RegExp(`[${SIGN}]\\s?[${SIGN}]`, "u");
const ONLY_SIGNS = new RegExp(`^[\\s${SIGN}]+$`, "u");
/** `138XXXX5678`, `XXX`, `1990-XX-XX`: digits and separators around a run of X. */
const RUN_OF_X = /^[\d\s+/.-]*(?:[xX×]{3}|\d{4}-[xX]{2})[\d\s+/.xX×-]*$/u;
/** `6222…1234`, but not the dots of a sentence. */
const GAP_IN_DIGITS = /\d\s*(?:…+|\.{3,})\s*\d/u;
/** `tok_…`: a pseudonym that was read here and sent back. */
const PSEUDONYM = /(?:^|\s)tok_[\w-]{22}(?:\s|$)/u;

/** What every mask holds something of. One look for it spares nearly all values the five above. */
const HINT_OF_MASK = new RegExp(`[${SIGN}xX×…]|\\.{3}|tok_|^\\s+$`, "u");

/** True when a value holds at least one sign that masks are made of. For names: they never do. */
export function holdsMaskSign(text: string): boolean {
  return ANY_SIGN.test(text);
}

/**
 * True when a value was masked by whoever wrote it: `138****5678`, `6****…1`, `••••`, `XXX`,
 * or replaced by one of our pseudonyms.
 * A single star inside other text (`5*酒店`, `10*20`) is not a mask.
 */
export function looksMasked(text: string): boolean {
  return (
    HINT_OF_MASK.test(text) &&
    (RUN_OF_SIGNS.test(text) ||
      ONLY_SIGNS.test(text) ||
      RUN_OF_X.test(text) ||
      GAP_IN_DIGITS.test(text) ||
      PSEUDONYM.test(text))
  );
}
