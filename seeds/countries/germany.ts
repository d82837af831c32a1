import { cardNumber, germanTaxNumber } from "../check-digits.ts";
import type { Country, Vocabulary } from "./country.ts";

const MALE = [
  "Lukas",
  "Jonas",
  "Felix",
  "Jürgen",
  "Thomas",
  "Stefan",
  "Karl-Heinz",
  "Emre",
  "Paul",
  "Matthias",
  "Uwe",
  "Björn",
];
const FEMALE = [
  "Anna",
  "Sophie",
  "Hannelore",
  "Katrin",
  "Sabine",
  "Leyla",
  "Marie",
  "Petra",
  "Jördis",
  "Ingrid",
  "Lena",
  "Birgit",
];
const SURNAMES = [
  "Müller",
  "Schmidt",
  "Schneider",
  "Fischer",
  "Weber",
  "Wagner",
  "Becker",
  "Hoffmann",
  "Schäfer",
  "Koch",
  "Richter",
  "Klein",
  "Wolf",
  "Schröder",
  "Neumann",
  "Yılmaz",
  "Zimmermann",
  "Krüger",
  "Großmann",
  "von der Heide",
];
/** Federal state, city, postal code. */
const PLACES = [
  ["Berlin", "Berlin", "10115"],
  ["Hamburg", "Hamburg", "20095"],
  ["Bayern", "München", "80331"],
  ["Bayern", "Nürnberg", "90402"],
  ["Baden-Württemberg", "Stuttgart", "70173"],
  ["Baden-Württemberg", "Freiburg im Breisgau", "79098"],
  ["Nordrhein-Westfalen", "Köln", "50667"],
  ["Nordrhein-Westfalen", "Düsseldorf", "40213"],
  ["Hessen", "Frankfurt am Main", "60311"],
  ["Sachsen", "Leipzig", "04109"],
  ["Niedersachsen", "Hannover", "30159"],
  ["Schleswig-Holstein", "Kiel", "24103"],
] as const;
const STREETS = [
  "Hauptstraße",
  "Bahnhofstraße",
  "Gartenweg",
  "Lindenallee",
  "Schillerstraße",
  "Am Markt",
  "Bergstraße",
  "Kirchgasse",
];
const BANKS = [
  ["Sparkasse", "10050000"],
  ["Deutsche Bank", "10070000"],
  ["Commerzbank", "37040044"],
  ["Volksbank", "50190000"],
] as const;
const TRADES = ["Handels", "Logistik", "Elektro", "Bau", "Gastro", "Druck"];
/** ICAO Doc 9303 documents of Germany use no vowels and none of the letters that look like digits. */
const DOCUMENT_SIGNS = "CFGHJKLMNPRTVWXYZ0123456789".split("");

const words: Vocabulary = {
  preferences: ["Haushalt", "Technik", "Reisen", "Bücher", "Sport", "Garten", "Musik"],
  tags: ["Stammkunde", "Newsletter", "Großabnehmer", "Rückruf gewünscht", "Neukunde"],
  health: ["Bluthochdruck", "Diabetes Typ 2", "Asthma", "Schwangerschaft", "keine Einschränkungen"],
  disability: ["GdB 50, Gehbehinderung", "GdB 30, Hörminderung"],
  medication: ["Ramipril", "Metformin", "Salbutamol"],
  maritalStatus: ["verheiratet", "ledig", "geschieden", "verwitwet"],
  family: ["Ehefrau und zwei Kinder", "Ehemann", "alleinlebend", "Lebenspartner und ein Kind"],
  background: ["Landwirtsfamilie", "Lehrerfamilie", "Handwerksbetrieb der Eltern"],
  income: ["unter 30.000 EUR", "30.000–60.000 EUR", "60.000–100.000 EUR", "über 100.000 EUR"],
  credit: ["keine negativen Merkmale", "eine Mahnung 2025, ausgeglichen"],
  relations: ["Vater", "Mutter", "Großmutter", "Vormund"],
  departments: ["Einkauf", "Buchhaltung", "Geschäftsführung"],
};

/** Customers in Germany. */
export const germany: Country = {
  code: "DE",
  words,
  person(random, gender) {
    const first = random.one(gender === "MALE" ? MALE : FEMALE);
    const last = random.one(SURNAMES);
    return { fullName: `${first} ${last}`, local: letters(`${first}.${last}`) };
  },
  company(random) {
    const name = random.one(SURNAMES);
    const trade = random.one(TRADES);
    return { fullName: `${name} ${trade} GmbH`, local: letters(`${name}-${trade}`) };
  },
  address(random) {
    const [province, city, postalCode] = random.one(PLACES);
    const street = `${random.one(STREETS)} ${random.whole(1, 180)}, ${postalCode}`;
    return { province, city, district: null, street };
  },
  phone: (random) =>
    `+49${random.one(["1511", "1512", "1515", "1516", "160", "170", "171", "175"])}${random.digits(7)}`,
  document(random) {
    const signs = Array.from({ length: 8 }, () => random.one(DOCUMENT_SIGNS)).join("");
    return random.onceIn(3)
      ? { idType: "PASSPORT", idNumber: `C${signs}` }
      : { idType: "FOREIGN_ID", idNumber: `L${signs}` };
  },
  account(random) {
    const [bankName, sortCode] = random.one(BANKS);
    return random.onceIn(3)
      ? { bankName, accountKind: "CARD", bankAccount: cardNumber(`5232${random.digits(11)}`) }
      : { bankName, accountKind: "ACCOUNT", bankAccount: sortCode + random.digits(10) };
  },
  companyRegister: (random) => ({
    uscc: null,
    taxNo: `DE${random.whole(1, 9)}${random.digits(8)}`,
  }),
  taxNumber: (random) => germanTaxNumber(`${random.whole(1, 9)}${random.digits(9)}`),
};

const TRANSLITERATIONS: Readonly<Record<string, string>> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  ß: "ss",
  ı: "i",
};

function letters(name: string): string {
  return name
    .toLowerCase()
    .replace(/[äöüßı]/g, (letter) => TRANSLITERATIONS[letter] ?? letter)
    .replaceAll(" ", "-");
}
