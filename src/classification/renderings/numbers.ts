import { FULL_MASK } from "../shape.ts";

/** Stars of a resident identity number between the two characters that are shown. */
const HIDDEN_ID_DIGITS = 16;

/**
 * First and last character of an identity number at the fixed length 18: `1****************X`.
 * A number of fewer than six characters is hidden whole.
 *
 * Source: domain 5.1; 6+4 is not used because it leaves about 34 candidates beside a birth year
 * (domain 5.3, rule 4).
 */
export function renderFirstAndLast(number: string): string {
  const characters = Array.from(number);
  if (characters.length < 6) return FULL_MASK;
  return `${characters[0]}${"*".repeat(HIDDEN_ID_DIGITS)}${characters.at(-1)}`;
}

/** Last two characters of a passport, permit or foreign document, at fixed length. */
export function renderLastTwo(number: string): string {
  const characters = Array.from(number);
  return characters.length < 5 ? FULL_MASK : `********${characters.slice(-2).join("")}`;
}

/** Last four digits of an account, at fixed length; PCI DSS 3.4 allows at most BIN and last four. */
export function renderLastFour(number: string): string {
  const characters = Array.from(number);
  return characters.length < 9 ? FULL_MASK : `************${characters.slice(-4).join("")}`;
}

/** Last three characters of a number that an organisation gave out itself, at fixed length. */
export function renderLastThree(number: string): string {
  const characters = Array.from(number);
  return characters.length < 6 ? FULL_MASK : `*******${characters.slice(-3).join("")}`;
}
