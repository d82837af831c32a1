import { isCalendarDate } from "./calendar-date.ts";

const SHAPE = /^(\d{2})\d{4}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dX]$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_SIGNS = "10X98765432";
/** Before this year nobody who is in a ledger can have been born. */
const FIRST_YEAR = 1800;

/** What a well-formed number says about its holder. */
export interface NationalId {
  /** The number with the check sign X in upper case. */
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  /** From the parity of the 17th digit; registers hold exceptions, so treat a conflict as a hint. */
  readonly gender: "MALE" | "FEMALE";
  /** False for a province code outside 11 to 83, the codes in use today. */
  readonly regionKnown: boolean;
}

/**
 * Reads an 18-digit Chinese citizen identity number (GB 11643-1999), lower-case `x` included.
 * The check digit is judged before the date: with a wrong digit the date means nothing.
 */
export function readNationalId(
  text: string,
): { id: NationalId } | { fault: "format" | "checkDigit" | "noSuchDate" } {
  const number = text.toUpperCase();
  const parts = SHAPE.exec(number);
  if (!parts) return { fault: "format" };
  if (checkSignOf(number) !== number[17]) return { fault: "checkDigit" };

  const [, region, year, month, day, parity] = parts;
  const born = { year: Number(year), month: Number(month), day: Number(day) };
  if (born.year < FIRST_YEAR || !isCalendarDate(born)) return { fault: "noSuchDate" };
  return {
    id: {
      number,
      birthDate: `${year}-${month}-${day}`,
      gender: Number(parity) % 2 === 1 ? "MALE" : "FEMALE",
      regionKnown: Number(region) >= 11 && Number(region) <= 83,
    },
  };
}

/** ISO 7064 MOD 11-2 over the first 17 digits. */
function checkSignOf(number: string): string | undefined {
  let sum = 0;
  WEIGHTS.forEach((weight, place) => {
    sum += weight * (number.charCodeAt(place) - 48);
  });
  return CHECK_SIGNS[sum % 11];
}
