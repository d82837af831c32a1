import { ERRORS, type ErrorCode } from "../errors.ts";

/** What codes mean to whoever changes a policy at a shell. */
const TEXTS: Partial<Record<ErrorCode, string>> = {
  FORBIDDEN:
    "The active policy does not let them do this: it takes the role, in the organisation that operates Custodia.",
  FOUR_EYES_REQUIRED:
    "They wrote this version: somebody else has to approve it, and to put it into force.",
  INVALID_STATE:
    "The version is not in the state for this, is stored already, or can't be loaded by this release. See: custodia policy list",
  NOT_FOUND: "There is no such version. See: custodia policy list",
  VERSION_CONFLICT:
    "Somebody else has just changed it, or what it was to replace is no longer in force. See: custodia policy list",
};

/** Why a step was refused, in words. */
export function textOfRefusal(code: ErrorCode): string {
  return `Refused (${code}). ${TEXTS[code] ?? ERRORS[code].message}`;
}
