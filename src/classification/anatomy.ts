/**
 * A part of a value that can be known by itself. Parts of the same name are the same in every field:
 * whoever sees a birth date knows eight digits of a resident number.
 */
export interface ValuePart {
  readonly name: string;
  /** In how many ways it can turn out, where nothing else is known. */
  readonly ways: number;
}

/** What a value is made of, as far as forms of it, or other fields, show parts of it. */
export interface Anatomy {
  readonly parts: readonly ValuePart[];
  /** A sign that is computed from all the others: seen, it leaves one of so many candidates. */
  readonly check?: ValuePart;
}

const HOME: readonly ValuePart[] = [
  { name: "home.zone", ways: 8 },
  { name: "home.province", ways: 4 },
  { name: "home.city", ways: 12 },
  { name: "home.district", ways: 8 },
];

const BIRTH: readonly ValuePart[] = [
  // 1940 to 2010: 25,933 days in 71 years.
  { name: "birth.year", ways: 71 },
  { name: "birth.day", ways: 25_933 / 71 },
];

const SEX: ValuePart = { name: "id.sex", ways: 2 };
const ORDER: ValuePart = { name: "id.order", ways: 500 };
const CHECK: ValuePart = { name: "id.check", ways: 11 };

/**
 * A resident number: six digits of a place, eight of a birth date, three in order of which the last
 * tells the sex, and a check sign modulo 11 (GB 11643-1999). People are taken to live where they
 * were registered, which tells more than is often true.
 */
export const RESIDENT_NUMBER: Anatomy = { parts: [...HOME, ...BIRTH, ORDER, SEX], check: CHECK };

/** A day of birth. */
export const BIRTH_DATE: Anatomy = { parts: BIRTH };

/** A sex, which a resident number tells as well. */
export const SEX_OF_PERSON: Anatomy = { parts: [SEX] };

/** A province and city. */
export const PLACE: Anatomy = { parts: HOME.slice(0, 3) };

/** A whole postal address; the street is nobody else's part. */
export const POSTAL_ADDRESS: Anatomy = { parts: [...HOME, { name: "address.street", ways: 1e5 }] };

/** A telephone number of eleven digits, the shortest of which a form shows seven. */
export const PHONE_NUMBER: Anatomy = phoneNumber("phone");

/** The same of a minor's guardian. */
export const GUARDIAN_PHONE: Anatomy = phoneNumber("guardianPhone");

/** A card or account: the bank's numbers, the account's and the last four, the check digit among them. */
export const BANK_ACCOUNT: Anatomy = {
  parts: [
    { name: "account.bank", ways: 100 },
    { name: "account.series", ways: 10 },
    { name: "account.number", ways: 1e8 },
    { name: "account.last", ways: 1e3 },
  ],
  check: { name: "account.check", ways: 10 },
};

/** The bank of an account. */
export const BANK: Anatomy = { parts: [{ name: "account.bank", ways: 100 }] };

function phoneNumber(owner: string): Anatomy {
  return {
    parts: [
      { name: `${owner}.country`, ways: 200 },
      { name: `${owner}.head`, ways: 1e3 },
      { name: `${owner}.middle`, ways: 1e4 },
      { name: `${owner}.tail`, ways: 1e4 },
    ],
  };
}

/** How many values are left to somebody who knows some parts; never fewer than one. */
export function candidatesLeft({ parts, check }: Anatomy, known: ReadonlySet<string>): number {
  const hidden = parts.filter(({ name }) => !known.has(name));
  const left = hidden.reduce((product, { ways }) => product * ways, 1);
  const divides = check !== undefined && known.has(check.name) ? check.ways : 1;
  return Math.max(1, Math.floor(left / divides));
}
