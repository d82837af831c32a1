/** GB 32100-2015, 4.2: no I, O, S, V, Z, so that nothing is read as a digit. */
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/**
 * Checks a unified social credit code (GB 32100-2015): 18 signs, the last one a check sign.
 * Expects upper case.
 */
export function checkUscc(code: string): "valid" | "format" | "checkDigit" {
  if (!SHAPE.test(code)) return "format";
  let sum = 0;
  let weight = 1;
  for (const sign of code.slice(0, 17)) {
    sum += ALPHABET.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  // The second `% 31` is needed where the sum is a multiple of 31: the check sign is then 0.
  const check = (31 - (sum % 31)) % 31;
  return ALPHABET[check] === code[17] ? "valid" : "checkDigit";
}
