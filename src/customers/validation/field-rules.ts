import type { CustomerField } from "../customer-record.ts";
import { emailRule, phoneRule } from "./contact-rules.ts";
import { dateRule } from "./date-rule.ts";
import type { FieldRule } from "./field-rule.ts";
import { idNumberRule, usccRule } from "./identity-rules.ts";
import { amountRule, bankAccountRule, countRule } from "./money-rules.ts";
import { freeText, oneOf, shaped } from "./text-rules.ts";
import { upperCode } from "./tidy-code.ts";

const name = freeText({ maxLength: 100, lines: false });
const line = freeText({ maxLength: 200, lines: false });
const paragraph = freeText({ maxLength: 2_000, lines: true });

const customerNo = shaped(/^[^\s\p{C}]{1,64}$/u, (text) => text.normalize("NFC"));
const taxNo = shaped(/^[0-9A-Z]{5,20}$/, upperCode);
/** ISO 3166-1 alpha-2. */
const country = shaped(/^[A-Z]{2}$/, upperCode);

/** How each field is judged. A field that is missing here does not compile. */
export const FIELD_RULES: Readonly<Record<CustomerField, FieldRule>> = {
  customerNo,
  kind: oneOf(["INDIVIDUAL", "ORGANISATION"]),
  fullName: name,
  phone: phoneRule,
  email: emailRule,
  province: line,
  city: line,
  district: line,
  street: freeText({ maxLength: 500, lines: true }),
  address: freeText({ maxLength: 1_000, lines: true }),
  birthDate: dateRule,
  gender: oneOf(["MALE", "FEMALE", "OTHER"]),
  nationality: country,
  idType: oneOf(["CN_RESIDENT_ID", "PASSPORT", "HK_MACAU_TAIWAN_PERMIT", "FOREIGN_ID"]),
  idNumber: idNumberRule,
  bankName: line,
  accountKind: oneOf(["CARD", "ACCOUNT"]),
  bankAccount: bankAccountRule,
  taxNo,
  incomeBand: line,
  creditInfo: paragraph,
  purchaseTotal: amountRule,
  orderCount: countRule,
  preferences: paragraph,
  tags: paragraph,
  healthStatus: paragraph,
  disability: paragraph,
  medication: paragraph,
  maritalStatus: line,
  familyMembers: paragraph,
  familyBackground: paragraph,
  guardianName: name,
  guardianPhone: phoneRule,
  guardianRelation: line,
  uscc: usccRule,
  legalRepresentative: name,
  contactPersons: paragraph,
  marketingConsent: oneOf(["GIVEN", "REFUSED"]),
  recordedOn: dateRule,
};

/** Fields without which nobody can be kept in a ledger. */
export const REQUIRED_FIELDS: ReadonlySet<CustomerField> = new Set([
  "customerNo",
  "kind",
  "fullName",
]);

/** Fields in which a single star is a mask already (`张*`), since no name holds one. */
export const NAME_FIELDS: ReadonlySet<CustomerField> = new Set([
  "fullName",
  "guardianName",
  "legalRepresentative",
  "contactPersons",
]);
