const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_SIGNS = "10X98765432";
const USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const NRIC_WEIGHTS = [2, 7, 6, 5, 4, 3, 2];
const NRIC_LETTERS = { S: "JZIHGFEDCBA", T: "GFEDCBAJZIH" } as const;

/** Resident identity number (GB 11643) of 17 given digits. */
export function residentNumber(first17: string): string {
  const sum = RESIDENT_WEIGHTS.reduce(
    (total, weight, at) => total + weight * Number(first17[at]),
    0,
  );
  return first17 + RESIDENT_SIGNS[sum % 11];
}

/** Unified social credit code (GB 32100) of 17 given signs. */
export function uscc(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const sign of first17) {
    sum += USCC_SIGNS.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return first17 + USCC_SIGNS[(31 - (sum % 31)) % 31];
}

/** Card number (ISO/IEC 7812-1 Annex B) that starts with the given digits. */
export function cardNumber(start: string): string {
  let sum = 0;
  for (let place = 1; place <= start.length; place++) {
    const digit = Number(start[start.length - place]);
    const weighted = place % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return start + String((10 - (sum % 10)) % 10);
}

/** Singapore identity number of a series (S before 2000, T from then on) and seven digits. */
export function nric(series: "S" | "T", digits: string): string {
  const sum = NRIC_WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return series + digits + NRIC_LETTERS[series][sum % 11];
}

/** German tax identification number (ISO 7064 MOD 11,10) of ten given digits. */
export function germanTaxNumber(first10: string): string {
  let product = 10;
  for (const digit of first10) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return first10 + String((11 - product) % 10);
}
