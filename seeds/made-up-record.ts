import type { CustomerRecord } from "../src/customers/customer-record.ts";
import type { Country } from "./countries/country.ts";
import type { Random } from "./random.ts";

type Values = Partial<CustomerRecord>;
type Birth = { readonly birthDate: string; readonly gender: "MALE" | "FEMALE" };

/** Born from then on, somebody is a child by Chinese law at the epoch, and the ledger names a guardian. */
const GUARDED_BORN_FROM = "2012-11-02";
const ADULT_YEARS = { from: 1936, to: 2006 };
const MINOR_YEARS = { from: 2009, to: 2023 };
const CHILD_YEARS = { from: 2014, to: 2022 };
const FIRST_LEDGER_YEAR = 2008;
const LAST_LEDGER_YEAR = 2025;
/** Domains that belong to nobody (RFC 2606). */
const DOMAINS = ["example.com", "example.org", "example.net"];

/** A person of a country; a child without guardian where a transfer was refused for it. */
export function personRecord({
  random,
  country,
  reasons,
}: {
  random: Random;
  country: Country;
  reasons: readonly string[];
}): Values {
  const isOrphan = reasons.includes("CHILD_WITHOUT_GUARDIAN");
  const years = isOrphan ? CHILD_YEARS : random.onceIn(16) ? MINOR_YEARS : ADULT_YEARS;
  const gender = random.one(["MALE", "FEMALE"] as const);
  const birth: Birth = { birthDate: random.day(years), gender };
  const isAdult = years === ADULT_YEARS;
  const { fullName, local } = country.person(random, gender);
  return {
    ...contact({ random, country, email: `${local}${random.whole(1, 99)}@${random.one(DOMAINS)}` }),
    ...birth,
    fullName,
    nationality: country.code,
    ...(random.onceIn(isAdult ? 1.2 : 2) && country.document(random, birth)),
    ...(isAdult && adultLife(random, country)),
    ...behaviour(random, country),
    ...health(random, country),
    ...(!isOrphan && guardian({ random, country, birth })),
    ...consent(random, isAdult),
    recordedOn: random.day({
      from: Math.max(FIRST_LEDGER_YEAR, Number(birth.birthDate.slice(0, 4)) + 1),
      to: LAST_LEDGER_YEAR,
    }),
  };
}

/** A company of a country. */
export function companyRecord({ random, country }: { random: Random; country: Country }): Values {
  const { fullName, local } = country.company(random);
  const someone = (): string => country.person(random, random.one(["MALE", "FEMALE"])).fullName;
  const { departments } = country.words;
  return {
    ...contact({ random, country, email: `office@${local}.example` }),
    kind: "ORGANISATION",
    fullName,
    nationality: country.code,
    ...country.companyRegister(random),
    ...country.account(random),
    ...behaviour(random, country),
    legalRepresentative: someone(),
    contactPersons: `${someone()}, ${random.one(departments)}; ${someone()}, ${random.one(departments)}`,
    recordedOn: random.day({ from: FIRST_LEDGER_YEAR, to: LAST_LEDGER_YEAR }),
  };
}

function contact({
  random,
  country,
  email,
}: {
  random: Random;
  country: Country;
  email: string;
}): Values {
  return {
    ...country.address(random),
    phone: country.phone(random),
    email: random.onceIn(1.25) ? email : null,
  };
}

function adultLife(random: Random, country: Country): Values {
  const { maritalStatus, family, background, income, credit } = country.words;
  return {
    ...(random.onceIn(1.4) && country.account(random)),
    taxNo: random.onceIn(2) ? country.taxNumber(random) : null,
    incomeBand: sometimes(random, income, 4),
    creditInfo: sometimes(random, credit, 10),
    maritalStatus: sometimes(random, maritalStatus, 1.6),
    familyMembers: sometimes(random, family, 3),
    familyBackground: sometimes(random, background, 12),
  };
}

function behaviour(random: Random, { words }: Country): Values {
  const orders = random.onceIn(20) ? 0 : Math.floor(1 / (0.002 + random.fraction() * 0.5));
  const total = orders * (20 + random.whole(0, 40_000) / 100);
  return {
    orderCount: String(orders),
    purchaseTotal: total.toFixed(2),
    preferences: sometimes(random, words.preferences, 1.4),
    tags: sometimes(random, words.tags, 3),
  };
}

function health(random: Random, { words }: Country): Values {
  if (!random.onceIn(8)) return {};
  return {
    healthStatus: random.one(words.health),
    medication: sometimes(random, words.medication, 2.5),
    disability: sometimes(random, words.disability, 8),
  };
}

function guardian({
  random,
  country,
  birth,
}: {
  random: Random;
  country: Country;
  birth: Birth;
}): Values {
  const isNeeded = birth.birthDate >= GUARDED_BORN_FROM;
  const isMinor = birth.birthDate >= String(MINOR_YEARS.from);
  // Old ledgers have children without a guardian; the rules must bear them.
  if (isNeeded ? random.onceIn(8) : !isMinor || !random.onceIn(3)) return {};
  return {
    guardianName: country.person(random, random.one(["MALE", "FEMALE"])).fullName,
    guardianPhone: country.phone(random),
    guardianRelation: random.one(country.words.relations),
  };
}

function consent(random: Random, isAdult: boolean): Values {
  if (!isAdult) return {};
  const answer = random.weighted({ GIVEN: 45, REFUSED: 28, UNASKED: 27 });
  return { marketingConsent: answer === "UNASKED" ? null : answer };
}

function sometimes(random: Random, words: readonly string[], onceIn: number): string | null {
  return random.onceIn(onceIn) ? random.one(words) : null;
}
