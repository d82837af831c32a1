import { narrowFullWidth } from "../../lib/full-width.ts";

/** Marks without width that copying out of chat programs and spreadsheets leaves in numbers. */
const INVISIBLE = /[\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g;
/** Spaces and every dash that stands for one. */
const SEPARATORS = /[\s\u2010-\u2015\u2212-]/g;

/** Nothing in it is full-width, invisible, a space or a dash: most codes of a ledger. */
const TIDY = /^[!-,.-~]*$/;
/** The same but for the dashes within dates and addresses of mail. */
const NARROW = /^[!-~]*$/;

/** A coded value without full-width and invisible signs: for dates, amounts and addresses of mail. */
export function narrowCode(text: string): string {
  return NARROW.test(text) ? text : narrowFullWidth(text.replace(INVISIBLE, "")).trim();
}

/** A number or code without anything that only makes it easier to read. */
export function tidyCode(text: string): string {
  return TIDY.test(text) ? text : narrowCode(text).replace(SEPARATORS, "");
}

/** The same in upper case. ASCII only: elsewhere upper case may be longer (`ß`) or another sign (`ı`). */
export function upperCode(text: string): string {
  return tidyCode(text).replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}
