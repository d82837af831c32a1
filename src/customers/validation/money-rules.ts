import { passesLuhn } from "../../lib/luhn.ts";
import type { FieldRule } from "./field-rule.ts";
import { narrowCode, tidyCode } from "./tidy-code.ts";

/** Cards (ISO/IEC 7812) and accounts of the banks at hand have 12 to 19 digits. */
const ACCOUNT_NUMBER = /^\d{12,19}$/;
/** Fits numeric(18,2); a comma may part thousands only. */
const AMOUNT = /^(?:\d{1,16}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,2})?$/;
const CURRENCY_SIGN = /^(?:¥|￥|CNY|RMB)\s?|\s?元$/gu;
const COUNT = /^\d{1,9}$/;
const LEADING_ZEROS = /^0+(?=\d)/;

/**
 * Card or account number. Only cards end with a Luhn digit; where `accountKind` is unknown the record
 * as a whole is refused (`checkConsistency`), while a lookup finds numbers of both kinds.
 */
export const bankAccountRule: FieldRule = (text, { siblings }) => {
  const digits = tidyCode(text);
  if (!ACCOUNT_NUMBER.test(digits)) return { fault: "format" };
  if (siblings.accountKind === "CARD" && !passesLuhn(digits)) return { fault: "luhn" };
  return { value: digits, normalised: digits !== text };
};

/** Amount of money, stored with two decimal places. */
export const amountRule: FieldRule = (text) => {
  const written = narrowCode(text).replace(CURRENCY_SIGN, "");
  if (!AMOUNT.test(written)) return { fault: "format" };
  const plain = written.replaceAll(",", "").replace(LEADING_ZEROS, "");
  const [whole = "0", fraction = ""] = plain.split(".");
  // 100 and 100.00 are both usual ways to write an amount; only signs that went make it unusual.
  return { value: `${whole}.${fraction.padEnd(2, "0")}`, normalised: plain !== text };
};

/** Whole number from 0. */
export const countRule: FieldRule = (text) => {
  const narrow = narrowCode(text);
  if (!COUNT.test(narrow)) return { fault: "format" };
  const value = narrow.replace(LEADING_ZEROS, "");
  return { value, normalised: value !== text };
};
