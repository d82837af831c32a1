import type { FieldRule, Reading } from "./field-rule.ts";
import { upperCode } from "./tidy-code.ts";

/** Control signs but tab and line ends, and what a decoder puts where it could not read. */
// oxlint-disable-next-line no-control-regex -- control signs are what it looks for
const UNPRINTABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFD]/u;
const LINE_END = /[\r\n]/u;

/** Free text, kept as it is but for Unicode form NFC: `=1+1` stays text, exports neutralise it. */
export function freeText({ maxLength, lines }: { maxLength: number; lines: boolean }): FieldRule {
  return (text) => {
    const composed = text.normalize("NFC");
    // Code points, so that 𠮷 counts as one; a value that is short in units is short in points.
    const tooLong = composed.length > maxLength && Array.from(composed).length > maxLength;
    if (tooLong || !composed.isWellFormed() || UNPRINTABLE.test(composed))
      return { fault: "format" };
    if (!lines && LINE_END.test(composed)) return { fault: "format" };
    return { value: composed, normalised: composed !== text };
  };
}

/** One word out of a closed list; letter case is the source's affair. */
export function oneOf(words: readonly string[]): FieldRule {
  return (text) => {
    const word = upperCode(text);
    return words.includes(word) ? { value: word, normalised: false } : { fault: "format" };
  };
}

/** A value whose tidied form must match a shape. */
export function shaped(pattern: RegExp, tidy: (text: string) => string): FieldRule {
  return (text) => matched({ text, pattern, tidied: tidy(text) });
}

/** The tidied text when it has the shape. */
export function matched(form: { text: string; tidied: string; pattern: RegExp }): Reading {
  if (!form.pattern.test(form.tidied)) return { fault: "format" };
  return { value: form.tidied, normalised: form.tidied !== form.text };
}
