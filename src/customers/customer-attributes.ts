import { ageOn } from "../lib/age-on.ts";
import type { AgeLimits, AgesIn } from "./age-limits.ts";
import type { Jurisdiction } from "./customer.enums.ts";

/**
 * Age of a customer as far as rules need it: a CHILD is below the age at which the law of its
 * jurisdiction asks a guardian, a YOUTH below majority there.
 */
export const AGE_BANDS = ["CHILD", "YOUTH", "ADULT", "UNKNOWN", "NOT_A_PERSON"] as const;

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
  readonly ageReckonedFrom: string | null;
  readonly guardianConsent: boolean;
  readonly basisPurposes: readonly string[];
  readonly marketingAllowed: boolean;
  readonly province: string | null;
  readonly region: string | null;
  readonly jurisdiction: Jurisdiction;
}

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
  agesIn,
}: {
  record: AttributeSource;
  jurisdiction: Jurisdiction;
  now: Date;
  agesIn: AgesIn;
}): DerivedAttributes {
  const { province, city, guardianName, marketingConsent } = record;
  const ageBand = ageBandOf({ ...record, now, ages: agesIn(jurisdiction) });
  const mayBeMinor = ageBand !== "ADULT" && ageBand !== "NOT_A_PERSON";
  return {
    ageBand,
    ageReckonedFrom: isMinor(ageBand) ? monthAfter(record.birthDate) : null,
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

function ageBandOf({
  kind,
  birthDate,
  now,
  ages,
}: {
  kind: string;
  birthDate: string | null;
  now: Date;
  ages: AgeLimits;
}): AgeBand {
  if (kind === "ORGANISATION") return "NOT_A_PERSON";
  if (birthDate === null) return "UNKNOWN";
  const age = ageOn(birthDate, now.toISOString().slice(0, 10));
  if (age < ages.guardian) return "CHILD";
  return age < ages.majority ? "YOUTH" : "ADULT";
}

function isMinor(ageBand: AgeBand): boolean {
  return ageBand === "CHILD" || ageBand === "YOUTH";
}

/**
 * First of the month after the birth, from which the age of a minor is reckoned later on. The day of
 * birth is sealed, and a band that changed on the birthday itself would tell it in clear.
 */
function monthAfter(birthDate: string | null): string | null {
  if (birthDate === null) return null;
  const [year, month] = [Number(birthDate.slice(0, 4)), Number(birthDate.slice(5, 7))];
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
