/**
 * Protection class of a field, lowest first. PUBLIC is the source article's word and means
 * "lowest protection, internal business use"; it never means that a value may be published
 * (PIPL Arts. 4 and 25).
 */
export const CLASSIFICATIONS = ["PUBLIC", "SENSITIVE", "PRIVATE"] as const;

/** One protection class. */
export type Classification = (typeof CLASSIFICATIONS)[number];

/** What a field is about; grants name categories, never fields. */
export const CATEGORIES = [
  "NAME",
  "CONTACT",
  "BEHAVIOUR",
  "IDENTITY",
  "FINANCIAL",
  "HEALTH",
  "FAMILY",
  "GOVERNANCE",
] as const;

/** One category. */
export type Category = (typeof CATEGORIES)[number];

/**
 * Statutory labels, kept apart from the protection class because statutes cut the fields
 * differently (PIPL Art. 28, Civil Code Arts. 1032-1034, GDPR Art. 9).
 */
export const LEGAL_TAGS = [
  "PI",
  "PROFILE",
  "SPECIFIC_IDENTITY",
  "FINANCIAL_ACCOUNT",
  "MEDICAL",
  "PRIVATE_LIFE",
  "MINOR",
  "LOCATION",
] as const;

/** One statutory label. */
export type LegalTag = (typeof LEGAL_TAGS)[number];

/** Only PUBLIC values lie in the tables in clear; the other classes are sealed at rest. */
export function isSealedAtRest(classification: Classification): boolean {
  return classification !== "PUBLIC";
}
