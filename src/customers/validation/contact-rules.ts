import { parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";
import type { FieldRule } from "./field-rule.ts";
import { narrowCode, tidyCode } from "./tidy-code.ts";

const CN_MOBILE = /^1[3-9]\d{9}$/;
/** The same as the whole world dials it; all that CN_MOBILE takes is a valid number there. */
const CN_MOBILE_IN_FULL = /^\+861[3-9]\d{9}$/;
/** A 1 and ten digits or more can only be meant as a mobile number; Beijing (10) has ten in all. */
const CN_MEANT_AS_MOBILE = /^1\d{10,}$/;
/** ITU-T E.164: at most 15 digits, country code included. */
const E164 = /^\+[1-9]\d{6,14}$/;
/** RFC 5321 4.5.3.1: 254 for the whole path, 64 before the at sign. */
const MAX_EMAIL = 254;
const MAX_LOCAL_PART = 64;

const emailShape = z.email();

/** Telephone number, stored as E.164. */
export const phoneRule: FieldRule = (text, { defaultCountry }) => {
  if (defaultCountry === "CN" && CN_MOBILE.test(text))
    return { value: `+86${text}`, normalised: false };
  // Most numbers of a Chinese ledger end here; the library would take twenty times as long.
  if (defaultCountry === "CN" && CN_MOBILE_IN_FULL.test(text))
    return { value: text, normalised: true };

  const parsed = parsePhoneNumberFromString(tidyCode(text), { defaultCountry, extract: false });
  if (!parsed?.isValid() || parsed.ext || !E164.test(parsed.number)) return { fault: "format" };
  const national = String(parsed.nationalNumber);
  const chinese = parsed.countryCallingCode === "86";
  if (chinese && CN_MEANT_AS_MOBILE.test(national) && !CN_MOBILE.test(national))
    return { fault: "format" };
  // A ledger writes numbers of its own country without the country code, and others in E.164.
  const usual = parsed.country === defaultCountry ? national : parsed.number;
  return { value: parsed.number, normalised: text !== usual };
};

/** E-mail address; the domain is lower-cased, the part before the at sign belongs to its host. */
export const emailRule: FieldRule = (text) => {
  const address = narrowCode(text);
  if (address.length > MAX_EMAIL) return { fault: "format" };
  const at = address.lastIndexOf("@");
  if (at > MAX_LOCAL_PART || !emailShape.safeParse(address).success) return { fault: "format" };
  const value = address.slice(0, at) + address.slice(at).toLowerCase();
  return { value, normalised: value !== text };
};
