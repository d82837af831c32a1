import { cardNumber, nric } from "../check-digits.ts";
import type { Country, Vocabulary } from "./country.ts";

const MALE = [
  "Tan Wei Ming",
  "Lim Jun Jie",
  "Muhammad Faizal bin Osman",
  "Ravi Chandran",
  "Goh Boon Kiat",
  "Arjun Pillai",
  "Ng Kok Leong",
  "Ahmad bin Yusof",
  "Daniel Koh",
  "Suresh Kumar",
];
const FEMALE = [
  "Tan Mei Ling",
  "Lee Hui Min",
  "Nur Aisyah binte Rahman",
  "Priya Nair",
  "Chua Siew Lan",
  "Kavitha Menon",
  "Wong Li Fen",
  "Siti Zulaikha",
  "Grace Teo",
  "Ong Bee Hoon",
];
const TOWNS = [
  "Ang Mo Kio",
  "Bedok",
  "Bishan",
  "Clementi",
  "Jurong West",
  "Punggol",
  "Queenstown",
  "Tampines",
  "Toa Payoh",
  "Woodlands",
];
const STREETS = [
  "Avenue 1",
  "Avenue 3",
  "Street 21",
  "Street 44",
  "Drive",
  "Central",
  "North Road",
];
const BANKS = ["DBS", "OCBC", "UOB"];
const TRADES = ["Trading", "Logistics", "Food Services", "Engineering", "Marine Supplies"];
const NAMES = ["Merlion", "Kallang", "Straits", "Lion City", "Sentosa", "Orchard", "Changi"];

const words: Vocabulary = {
  preferences: ["electronics", "home", "travel", "books", "sport", "baby", "music"],
  tags: ["loyal customer", "calls back", "bulk buyer", "new", "prefers e-mail"],
  health: ["hypertension", "type 2 diabetes", "asthma", "pregnancy", "none reported"],
  disability: ["hearing impairment", "wheelchair user"],
  medication: ["amlodipine", "metformin", "salbutamol"],
  maritalStatus: ["married", "single", "divorced", "widowed"],
  family: ["spouse and two children", "lives with parents", "lives alone", "spouse and one child"],
  background: ["hawker family", "family of teachers", "parents run a shop"],
  income: ["below SGD 30k", "SGD 30k-60k", "SGD 60k-120k", "above SGD 120k"],
  credit: ["good standing", "one late payment in 2025, settled"],
  relations: ["father", "mother", "grandmother"],
  departments: ["procurement", "accounts", "management"],
};

/** Customers in Singapore. */
export const singapore: Country = {
  code: "SG",
  words,
  person(random, gender) {
    const fullName = random.one(gender === "MALE" ? MALE : FEMALE);
    return { fullName, local: fullName.toLowerCase().replaceAll(" ", ".") };
  },
  company(random) {
    const name = random.one(NAMES);
    const trade = random.one(TRADES);
    const local = `${name}-${trade}`.toLowerCase().replaceAll(" ", "-");
    return { fullName: `${name} ${trade} Pte. Ltd.`, local };
  },
  address(random) {
    const city = random.one(TOWNS);
    const unit = `#${String(random.whole(2, 25)).padStart(2, "0")}-${random.whole(100, 499)}`;
    const street = `Blk ${random.whole(101, 899)} ${city} ${random.one(STREETS)} ${unit}, S${random.whole(100_000, 829_999)}`;
    return { province: "Singapore", city, district: null, street };
  },
  phone: (random) =>
    `+65${random.one(["81", "82", "83", "90", "91", "92", "93", "94", "96", "97", "98"])}${random.digits(6)}`,
  document(random, { birthDate }) {
    const year = birthDate.slice(2, 4);
    const series = birthDate < "2000" ? "S" : "T";
    return { idType: "FOREIGN_ID", idNumber: nric(series, year + random.digits(5)) };
  },
  account(random) {
    const bankName = random.one(BANKS);
    return random.onceIn(2)
      ? { bankName, accountKind: "CARD", bankAccount: cardNumber(`4119${random.digits(11)}`) }
      : { bankName, accountKind: "ACCOUNT", bankAccount: random.digits(12) };
  },
  companyRegister: (random) => ({
    uscc: null,
    taxNo: `${random.whole(1995, 2024)}${random.digits(5)}K`,
  }),
  taxNumber: () => null,
};
