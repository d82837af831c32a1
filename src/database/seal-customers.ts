import type { AgeLimits } from "../customers/age-limits.ts";
import { newCustomer } from "../customers/customer-row.ts";
import type { Jurisdiction } from "../customers/customer.enums.ts";
import { recordFrom } from "../customers/import/record-digest.ts";
import type { OrganisationKey } from "../sealing/organisation-key.ts";
import { encodeCustomers, type EncodedCustomers } from "./customer-writer.ts";

/** What is the same for every customer that one import brings. */
export interface SealingTerms {
  /** Law of the ledger. */
  readonly jurisdiction: Jurisdiction;
  /** Ages that this law sets. */
  readonly ages: AgeLimits;
  /** Where the records come from, for the history of each customer. */
  readonly source: string;
  /** Time of the writing, UTC. */
  readonly now: Date;
}

/** New customers of one organisation. */
export interface SealingJob {
  /** Newest key of the organisation. */
  readonly controller: OrganisationKey;
  /** Their records, each as its canonical text. */
  readonly canonicals: readonly string[];
}

/** Seals new customers, each under a data key of its own, and encodes them for their tables. */
export function sealCustomers(
  { controller, canonicals }: SealingJob,
  { ages, ...terms }: SealingTerms,
): EncodedCustomers {
  const agesIn = (): AgeLimits => ages;
  return encodeCustomers(
    canonicals
      .values()
      .map((canonical) =>
        newCustomer({ record: recordFrom(canonical), canonical, controller, agesIn, ...terms }),
      ),
  );
}
