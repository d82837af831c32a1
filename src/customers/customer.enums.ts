import { registerEnumType } from "type-graphql";

/** Whether the customer is a person or a company. */
export enum CustomerKind {
  INDIVIDUAL = "INDIVIDUAL",
  ORGANISATION = "ORGANISATION",
}

/** Where the customer stands; SEALED and DESTROYED follow PIPL Art. 47. */
export enum CustomerState {
  ACTIVE = "ACTIVE",
  RESTRICTED = "RESTRICTED",
  SEALED = "SEALED",
  DECEASED = "DECEASED",
  DESTROYED = "DESTROYED",
}

/** Law that governs the record. */
export enum Jurisdiction {
  CN = "CN",
  DE = "DE",
  SG = "SG",
}

/** Gender as the source states it. */
export enum Gender {
  MALE = "MALE",
  FEMALE = "FEMALE",
  OTHER = "OTHER",
}

/** A card number carries a Luhn digit; a passbook or company account does not. */
export enum AccountKind {
  CARD = "CARD",
  ACCOUNT = "ACCOUNT",
}

registerEnumType(CustomerKind, {
  name: "CustomerKind",
  description: "Whether the customer is a person or a company.",
});
registerEnumType(CustomerState, {
  name: "CustomerState",
  description: "Where the customer stands.",
  valuesConfig: {
    ACTIVE: { description: "In ordinary use." },
    RESTRICTED: { description: "Processing limited at the customer's request." },
    SEALED: { description: "Kept only because a statute demands it; hidden from ordinary work." },
    DECEASED: { description: "The person has died." },
    DESTROYED: { description: "Values are gone; only the tombstone is left." },
  },
});
registerEnumType(Jurisdiction, {
  name: "Jurisdiction",
  description: "Law that governs the record.",
});
registerEnumType(Gender, { name: "Gender", description: "Gender as the source states it." });
registerEnumType(AccountKind, {
  name: "AccountKind",
  description: "Card (with a Luhn digit) or account (without one).",
});
