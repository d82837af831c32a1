import type { Random } from "../random.ts";

/** A place that exists, from the largest part to the smallest. */
export interface Address {
  readonly province: string;
  readonly city: string;
  readonly district: string | null;
  readonly street: string;
}

/** Name of a made-up person, and the same in letters that an e-mail address can hold. */
export interface PersonName {
  readonly fullName: string;
  readonly local: string;
}

/** An identity document. */
export interface Document {
  readonly idType: "CN_RESIDENT_ID" | "PASSPORT" | "FOREIGN_ID";
  readonly idNumber: string;
}

/** An account at a bank. */
export interface BankAccount {
  readonly bankName: string;
  readonly accountKind: "CARD" | "ACCOUNT";
  readonly bankAccount: string;
}

/** What is written in the language of a country. */
export interface Vocabulary {
  readonly preferences: readonly string[];
  readonly tags: readonly string[];
  readonly health: readonly string[];
  readonly disability: readonly string[];
  readonly medication: readonly string[];
  readonly maritalStatus: readonly string[];
  readonly family: readonly string[];
  readonly background: readonly string[];
  readonly income: readonly string[];
  readonly credit: readonly string[];
  readonly relations: readonly string[];
  readonly departments: readonly string[];
}

/** How a country's customers are made up. */
export interface Country {
  readonly code: "CN" | "DE" | "SG";
  readonly words: Vocabulary;
  person(random: Random, gender: "MALE" | "FEMALE"): PersonName;
  company(random: Random): PersonName;
  address(random: Random): Address;
  phone(random: Random): string;
  document(random: Random, holder: { birthDate: string; gender: "MALE" | "FEMALE" }): Document;
  account(random: Random): BankAccount;
  companyRegister(random: Random): { readonly uscc: string | null; readonly taxNo: string | null };
  taxNumber(random: Random): string | null;
}
