import { objectTemplate } from "../lib/object-template.ts";

/**
 * Fields of a customer that a ledger, or a correction of one, may bring; in the order in which they
 * are judged, so that a field comes after those that decide its form.
 */
export const CUSTOMER_FIELDS = [
  "customerNo",
  "kind",
  "fullName",
  "phone",
  "email",
  "province",
  "city",
  "district",
  "street",
  "address",
  "birthDate",
  "gender",
  "nationality",
  "idType",
  "idNumber",
  "bankName",
  "accountKind",
  "bankAccount",
  "taxNo",
  "incomeBand",
  "creditInfo",
  "purchaseTotal",
  "orderCount",
  "preferences",
  "tags",
  "healthStatus",
  "disability",
  "medication",
  "maritalStatus",
  "familyMembers",
  "familyBackground",
  "guardianName",
  "guardianPhone",
  "guardianRelation",
  "uscc",
  "legalRepresentative",
  "contactPersons",
  "marketingConsent",
  "recordedOn",
] as const;

/** Name of one field. */
export type CustomerField = (typeof CUSTOMER_FIELDS)[number];

/** Texts of the fields that take one of a few words. */
interface WordFields {
  readonly kind: "INDIVIDUAL" | "ORGANISATION";
  readonly gender: "MALE" | "FEMALE" | "OTHER" | null;
  readonly idType: "CN_RESIDENT_ID" | "PASSPORT" | "HK_MACAU_TAIWAN_PERMIT" | "FOREIGN_ID" | null;
  readonly accountKind: "CARD" | "ACCOUNT" | null;
  readonly marketingConsent: "GIVEN" | "REFUSED" | null;
}

interface RequiredFields {
  readonly customerNo: string;
  readonly fullName: string;
}

type FreeFields = Exclude<CustomerField, keyof WordFields | keyof RequiredFields>;

/**
 * A customer as the store takes it: every value checked and in its stored form. Dates are
 * `YYYY-MM-DD`, telephone numbers E.164, amounts decimal with two places; null means no value.
 */
export type CustomerRecord = WordFields &
  RequiredFields & { readonly [field in FreeFields]: string | null };

/** A record without any value, to be copied and filled. */
export const EMPTY_RECORD = objectTemplate(CUSTOMER_FIELDS) as Readonly<
  Record<CustomerField, null>
>;

/** True when a word names a field of a customer. */
export function isCustomerField(word: string): word is CustomerField {
  return FIELD_NAMES.has(word);
}

const FIELD_NAMES: ReadonlySet<string> = new Set(CUSTOMER_FIELDS);
