import { getCountries, getCountryCallingCode } from "libphonenumber-js/max";
import { FULL_MASK } from "../shape.ts";

const E164 = /^\+[1-9]\d{6,14}$/;

/** Calling codes of countries and, after them, of services without one; none begins another (ITU-T E.164). */
const CALLING_CODES: ReadonlySet<string> = new Set([
  ...getCountries().map((country) => String(getCountryCallingCode(country))),
  "800",
  "808",
  "870",
  "878",
  "881",
  "882",
  "883",
  "888",
  "979",
]);

/** National digits from which seven can be shown with four of them still hidden. */
const LONG_NUMBER = 11;

/**
 * Keeps country code, first three and last four digits of a long number: `+86 138****5678`;
 * of a number with fewer than eleven national digits only the last two, since two or three hidden
 * digits are soon tried out.
 *
 * Source: domain 5.1.
 */
export function renderPhone(phone: string): string {
  const code = callingCodeOf(phone);
  if (code === null) return FULL_MASK;
  const digits = phone.slice(1 + code.length);
  if (digits.length < LONG_NUMBER) return `+${code} ****${digits.slice(-2)}`;
  return `+${code} ${digits.slice(0, 3)}****${digits.slice(-4)}`;
}

/** Keeps the country of a number and nothing else: `+86 ***********`. */
export function renderPhoneCountry(phone: string): string {
  const code = callingCodeOf(phone);
  return code === null ? FULL_MASK : `+${code} ***********`;
}

/** Numbers are stored in E.164; what is not written so has no part that may be shown. */
function callingCodeOf(phone: string): string | null {
  if (!E164.test(phone)) return null;
  return (
    [1, 2, 3].map((length) => phone.slice(1, 1 + length)).find((code) => CALLING_CODES.has(code)) ??
    null
  );
}

/** Domains with so many users that naming them says nothing about one of them. */
const SHARED_DOMAINS = new Set([
  "126.com",
  "139.com",
  "163.com",
  "aliyun.com",
  "example.com",
  "example.org",
  "foxmail.com",
  "gmail.com",
  "gmx.de",
  "hotmail.com",
  "icloud.com",
  "outlook.com",
  "qq.com",
  "singnet.com.sg",
  "sina.com",
  "sohu.com",
  "t-online.de",
  "web.de",
  "yahoo.com",
]);

/**
 * Keeps the first character of an address and its domain where that is a large shared one:
 * `z***@example.com`. A company's or person's own domain would name its owner and is hidden.
 * A local part of one character is hidden whole, since its first character would be all of it.
 */
export function renderEmail(email: string): string {
  const at = email.lastIndexOf("@");
  if (at < 1) return FULL_MASK;
  const local = Array.from(email.slice(0, at));
  const domain = email.slice(at + 1).toLowerCase();
  const shown = local.length > 1 ? local[0] : "";
  return `${shown}***@${SHARED_DOMAINS.has(domain) ? domain : "***"}`;
}
