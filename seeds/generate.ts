import { CUSTOMER_FIELDS, type CustomerRecord } from "../src/customers/customer-record.ts";
import { composeAddress } from "../src/customers/compose-address.ts";
import type { DemoOrganisationCode } from "../src/identity/demo-organisations.ts";
import { china } from "./countries/china.ts";
import type { Country } from "./countries/country.ts";
import { germany } from "./countries/germany.ts";
import { singapore } from "./countries/singapore.ts";
import { circumstancesOf } from "./circumstances.ts";
import { daysBeforeEpoch, SEED } from "./epoch.ts";
import { companyRecord, personRecord } from "./made-up-record.ts";
import { Random } from "./random.ts";
import type { SeedCustomer } from "./seed-customer.ts";
import { hasMoved, type Membership, MEMBERSHIPS } from "./transfer-plan.ts";

/** Generated customers of the demonstration; the named ones come on top. */
export const DEMO_CUSTOMERS = 5_000;

const COUNTRIES: Readonly<Record<Country["code"], Country>> = {
  CN: china,
  DE: germany,
  SG: singapore,
};

/** In a hundred customers of an organisation, how many live where. */
const HOMES: Partial<Record<DemoOrganisationCode, Record<Country["code"], number>>> = {
  transferor: { CN: 76, DE: 14, SG: 10 },
  transferee: { CN: 30, DE: 50, SG: 20 },
  unrelated: { CN: 0, DE: 0, SG: 100 },
};

/** How the numbers of an organisation's ledger start. */
const LEDGERS: Partial<Record<DemoOrganisationCode, string>> = {
  transferor: "HR",
  transferee: "NL",
  unrelated: "MT",
};

const NO_VALUES = Object.fromEntries(CUSTOMER_FIELDS.map((field) => [field, null]));

/** A record in which only the given fields have a value. */
export function recordOf(values: Partial<CustomerRecord>): CustomerRecord {
  const record = { ...NO_VALUES, kind: "INDIVIDUAL", ...values } as CustomerRecord;
  return { ...record, address: record.address ?? composeAddress(record) };
}

/** The customer at a place of the endless list: always the same one, whatever was made before. */
export function generatedCustomer(index: number): SeedCustomer {
  const random = new Random({ seed: SEED, stream: index });
  const membership = MEMBERSHIPS[index] ?? null;
  const origin = originOf(index, membership);
  const organisation = membership !== null && hasMoved(membership) ? "transferee" : origin;
  const country = COUNTRIES[random.weighted(HOMES[origin] ?? { CN: 1, DE: 1, SG: 1 })];
  const customerNo = `${LEDGERS[origin]}-${1_000_000 + index}`;
  const isPerson = membership?.reasons.length ? true : !random.onceIn(16);
  const values = isPerson
    ? personRecord({ random, country, reasons: membership?.reasons ?? [] })
    : companyRecord({ random, country });
  const record = recordOf({ ...values, customerNo });
  const importedAt = daysBeforeEpoch(random.whole(20, 600) + random.fraction());
  return {
    id: random.uuid(importedAt),
    organisation,
    jurisdiction: country.code,
    record,
    circumstances: circumstancesOf({ random, organisation, record, membership }),
    importedAt,
    stream: index,
  };
}

/** Whose ledger a customer comes from: seven of ten the transferor's, a few of a stranger. */
function originOf(index: number, membership: Membership | null): DemoOrganisationCode {
  if (membership !== null) return "transferor";
  if (index % 1_000 === 999) return "unrelated";
  return index % 10 < 7 ? "transferor" : "transferee";
}
