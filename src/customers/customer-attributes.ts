import { ageOn } from "../lib/age-on.ts";
import type { Jurisdiction } from "./customer.enums.ts";

/** Age of a customer as far as rules need it. */
export const AGE_BANDS = ["UNDER_14", "FROM_14_TO_17", "ADULT", "UNKNOWN", "NOT_A_PERSON"] as const;

/** One band. */
export type AgeBand = (typeof AGE_BANDS)[number];

/** What a record must state so that its attributes can be told. */
export interface AttributeSource {
  readonly kind: string;
  readonly birthDate: string | null;
  readonly guardianName: string | null;
  readonly marketingConsent: string | null;
  readonly province: string | null;
  readonly city: string | null;
}

/** Columns that rules read, as far as they follow from a customer's record. */
export interface DerivedAttributes {
  readonly ageBand: AgeBand;
  readonly ageBandReviewOn: string | null;
  readonly guardianConsent: boolean;
  readonly basisPurposes: readonly string[];
  readonly marketingAllowed: boolean;
  readonly province: string | null;
  readonly region: string | null;
  readonly jurisdiction: Jurisdiction;
}

/** Ages in years at which the band changes: guardian's consent (PIPL Art. 31), majority (Civil Code Art. 17). */
const GUARDIAN_AGE = 14;
const MAJORITY_AGE = 18;

/** Purposes that follow from the contract with the customer, without consent (PIPL Art. 13 (2)). */
const CONTRACT_PURPOSES: readonly string[] = ["SERVICE_DELIVERY", "CUSTOMER_CARE", "ANALYTICS"];

/**
 * What rules read of a record on a day (`now`, UTC: never ahead of the calendar in China, so nobody
 * comes of age too early there). The jurisdiction is that of the ledger.
 */
export function attributesOf({
  record,
  jurisdiction,
  now,
}: {
  record: AttributeSource;
  jurisdiction: Jurisdiction;
  now: Date;
}): DerivedAttributes {
  const { province, city, guardianName, marketingConsent } = record;
  const ageBand = ageBandOf(record, now);
  const mayBeMinor = ageBand !== "ADULT" && ageBand !== "NOT_A_PERSON";
  return {
    ageBand,
    ageBandReviewOn: reviewOn(ageBand, record.birthDate),
    guardianConsent: mayBeMinor && guardianName !== null,
    basisPurposes: basisPurposesOf(marketingConsent),
    marketingAllowed: marketingConsent !== "REFUSED",
    province,
    region: [province, city].filter((part) => part !== null).join(" ") || null,
    jurisdiction,
  };
}

/** The purposes for which a customer with this state of marketing consent gives a legal basis. */
export function basisPurposesOf(marketingConsent: string | null): readonly string[] {
  return marketingConsent === "GIVEN" ? [...CONTRACT_PURPOSES, "MARKETING"] : CONTRACT_PURPOSES;
}

function ageBandOf({ kind, birthDate }: AttributeSource, now: Date): AgeBand {
  if (kind === "ORGANISATION") return "NOT_A_PERSON";
  if (birthDate === null) return "UNKNOWN";
  const age = ageOn(birthDate, now.toISOString().slice(0, 10));
  if (age < GUARDIAN_AGE) return "UNDER_14";
  return age < MAJORITY_AGE ? "FROM_14_TO_17" : "ADULT";
}

/**
 * First of the month after the birthday that ends the band. The day of birth is sealed, and a review
 * on the birthday itself would tell it in clear.
 */
function reviewOn(ageBand: AgeBand, birthDate: string | null): string | null {
  if (birthDate === null || (ageBand !== "UNDER_14" && ageBand !== "FROM_14_TO_17")) return null;
  const endsAt = ageBand === "UNDER_14" ? GUARDIAN_AGE : MAJORITY_AGE;
  const { year, month } = monthReached(birthDate, endsAt);
  return new Date(Date.UTC(year, month + 1, 1)).toISOString().slice(0, 10);
}

/** Month (from 0) of a birthday; one on 29 February is reached on 1 March. */
function monthReached(birthDate: string, age: number): { year: number; month: number } {
  const year = Number(birthDate.slice(0, 4)) + age;
  const month = Number(birthDate.slice(5, 7)) - 1;
  const birthday = new Date(Date.UTC(year, month, Number(birthDate.slice(8))));
  return { year: birthday.getUTCFullYear(), month: birthday.getUTCMonth() };
}
