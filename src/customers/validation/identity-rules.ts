import { readNationalId } from "../../lib/national-id.ts";
import { checkUscc } from "../../lib/uscc.ts";
import type { FieldRule, Reading } from "./field-rule.ts";
import { matched } from "./text-rules.ts";
import { upperCode } from "./tidy-code.ts";

/** ICAO Doc 9303 gives nine signs; older and special passports have fewer or more. */
const PASSPORT = /^[A-Z0-9]{6,12}$/;
/** 回乡证 (H or M and 8 or 10 digits) and 台胞证 (8 or 10 digits). */
const TRAVEL_PERMIT = /^[HM]?\d{8}(?:\d{2})?$/;
const FOREIGN_ID = /^[A-Z0-9]{4,24}$/;
/** Residence permits of Hong Kong, Macau and Taiwan people carry citizen numbers of these regions. */
const RESIDENCE_PERMIT = /^8[123]\d{15}[\dX]$/;

/**
 * Number of an identity document; its form follows from `idType`. Where that is unknown the record as
 * a whole is refused (`checkConsistency`), so that one mistake is not reported as two.
 */
export const idNumberRule: FieldRule = (text, { siblings }) => {
  const tidied = upperCode(text);
  switch (siblings.idType) {
    case "CN_RESIDENT_ID":
      return residentNumber({ text, tidied });
    case "HK_MACAU_TAIWAN_PERMIT":
      return RESIDENCE_PERMIT.test(tidied)
        ? residentNumber({ text, tidied })
        : matched({ text, tidied, pattern: TRAVEL_PERMIT });
    case "PASSPORT":
      return matched({ text, tidied, pattern: PASSPORT });
    default:
      return matched({ text, tidied, pattern: FOREIGN_ID });
  }
};

/** Unified social credit code of a company (GB 32100). */
export const usccRule: FieldRule = (text) => {
  const tidied = upperCode(text);
  const verdict = checkUscc(tidied);
  return verdict === "valid" ? { value: tidied, normalised: tidied !== text } : { fault: verdict };
};

/** GB 11643; the old form of 15 digits has no check digit and is refused. */
function residentNumber({ text, tidied }: { text: string; tidied: string }): Reading {
  const reading = readNationalId(tidied);
  if ("fault" in reading) return reading;
  return { value: reading.id.number, normalised: reading.id.number !== text };
}
