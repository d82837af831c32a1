import type { ClientBase, Pool } from "pg";
import {
  createMissingOrganisationKeys,
  openOrganisationKeys,
} from "../src/database/organisation-key-store.ts";
import {
  addOrganisations,
  addPrincipals,
  addTransferItems,
  addTransfers,
  storedCustomerIds,
} from "../src/database/seed-writer.ts";
import { writeCustomers } from "../src/database/customer-writer.ts";
import { inTransaction } from "../src/database/transaction.ts";
import { DEMO_ORGANISATIONS } from "../src/identity/demo-organisations.ts";
import type { MasterKey } from "../src/sealing/master-key.ts";
import type { OrganisationKeys } from "../src/sealing/organisation-keys.ts";
import { DEMO_CUSTOMERS, generatedCustomer } from "./generate.ts";
import { NAMED_CUSTOMERS } from "./named-customers.ts";
import { seedPrincipals } from "./seed-principals.ts";
import { seedRow } from "./seed-row.ts";
import { seedItem, seedTransfers } from "./seed-transfers.ts";
import type { SeedCustomer } from "./seed-customer.ts";
import { type Membership, MEMBERSHIPS } from "./transfer-plan.ts";

/** Rows per statement. */
const BATCH_ROWS = 500;

/** What a seeding needs. */
export interface SeedOptions {
  readonly pool: Pool;
  readonly masterKey: MasterKey;
  /** UTC; ages are reckoned on it. */
  readonly now: Date;
  /** Generated customers in all; the demonstration has 5,000 beside the named ones. */
  readonly customers?: number;
  /** Hears how many of the customers are there. */
  readonly onProgress?: (done: number) => void;
}

/** How a seeding ended. */
export interface SeedSummary {
  readonly written: number;
  /** Customers that were there before; they were not touched. */
  readonly present: number;
}

interface Entry {
  readonly customer: SeedCustomer;
  readonly membership: Membership | null;
}

/**
 * Fills a migrated database with the demonstration. The demonstration itself comes whole or not at
 * all; customers beyond it come batch by batch. What is there already stays as it is, so a second
 * run changes nothing and an interrupted one goes on.
 */
export async function seedDemo(options: SeedOptions): Promise<SeedSummary> {
  const { pool, masterKey, customers = DEMO_CUSTOMERS, onProgress = () => {} } = options;
  const tally = { written: 0, present: 0 };
  const write = async (
    client: ClientBase,
    keys: OrganisationKeys,
    entries: Entry[],
  ): Promise<void> => {
    const written = await writeBatch({ client, keys, entries, now: options.now });
    tally.written += written;
    tally.present += entries.length - written;
    onProgress(tally.written + tally.present);
  };

  const inDemo = Math.min(customers, DEMO_CUSTOMERS);
  const keys = await inTransaction(pool, async (client) => {
    await addOrganisations(client, Object.values(DEMO_ORGANISATIONS));
    await addPrincipals(client, seedPrincipals());
    await addTransfers(client, seedTransfers());
    await createMissingOrganisationKeys({ database: client, masterKey });
    const held = await openOrganisationKeys({ database: client, masterKeys: [masterKey] });
    await write(
      client,
      held,
      [...NAMED_CUSTOMERS].map((customer) => ({ customer, membership: customer.membership })),
    );
    for (const batch of batches(0, inDemo)) await write(client, held, batch);
    return held;
  });
  for (const batch of batches(inDemo, customers)) {
    await inTransaction(pool, (client) => write(client, keys, batch));
  }
  return tally;
}

async function writeBatch({
  client,
  keys,
  entries,
  now,
}: {
  client: ClientBase;
  keys: OrganisationKeys;
  entries: readonly Entry[];
  now: Date;
}): Promise<number> {
  const stored = await storedCustomerIds(
    client,
    entries.map(({ customer }) => customer.id),
  );
  const missing = entries.filter(({ customer }) => !stored.has(customer.id));
  await writeCustomers(
    client,
    missing.map(({ customer }) => seedRow({ customer, organisationKeys: keys, now })),
  );
  await addTransferItems(
    client,
    missing.flatMap(({ customer, membership }) =>
      membership === null ? [] : [seedItem(customer, membership)],
    ),
  );
  return missing.length;
}

function* batches(from: number, to: number): Generator<Entry[]> {
  for (let start = from; start < to; start += BATCH_ROWS) {
    const length = Math.min(BATCH_ROWS, to - start);
    yield Array.from({ length }, (_, at) => ({
      customer: generatedCustomer(start + at),
      membership: MEMBERSHIPS[start + at] ?? null,
    }));
  }
}
