import { setImmediate } from "node:timers/promises";
import type { ClientBase, Pool } from "pg";
import type { AgesIn } from "../src/customers/age-limits.ts";
import type { NewCustomer } from "../src/customers/customer-row.ts";
import {
  createMissingOrganisationKeys,
  openOrganisationKeys,
} from "../src/database/organisation-key-store.ts";
import {
  addAlerts,
  addMechanisms,
  addOrganisations,
  addPrincipals,
  addTransferItems,
  addTransfers,
  type NewTransferItem,
  storedCustomerIds,
} from "../src/database/seed-writer.ts";
import { addEngagements, addSamples } from "../src/database/seed-engagements.ts";
import { addOpenReview } from "../src/database/seed-reviews.ts";
import { addDisclosureCases } from "../src/database/seed-openings.ts";
import { writeCustomers } from "../src/database/customer-writer.ts";
import { inTransaction } from "../src/database/transaction.ts";
import { DEMO_MECHANISMS } from "../src/identity/demo-mechanisms.ts";
import { DEMO_DISCLOSURE_CASES } from "../src/identity/demo-disclosure-cases.ts";
import { DEMO_ORGANISATIONS } from "../src/identity/demo-organisations.ts";
import type { MasterKey } from "../src/sealing/master-key.ts";
import type { OrganisationKeys } from "../src/sealing/organisation-keys.ts";
import { seedAges } from "./ages.ts";
import { DEMO_CUSTOMERS, generatedCustomer } from "./generate.ts";
import { seedElevations } from "./seed-elevations.ts";
import { seedEngagements, seedSamples } from "./seed-engagements.ts";
import { NAMED_CUSTOMERS } from "./named-customers.ts";
import { seedAlerts } from "./seed-alerts.ts";
import { seedReview } from "./seed-reviews.ts";
import { seedPrincipals } from "./seed-principals.ts";
import { seedRow } from "./seed-row.ts";
import { seedItem, seedTransfers } from "./seed-transfers.ts";
import type { SeedCustomer } from "./seed-customer.ts";
import { type Membership, MEMBERSHIPS } from "./transfer-plan.ts";

/** Rows per statement. */
const BATCH_ROWS = 500;

/** Rows that are sealed before other work may go on. */
const ROWS_AT_A_STRETCH = 25;

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

/** Rows that are ready to be written. */
interface Batch {
  readonly customers: readonly NewCustomer[];
  readonly items: readonly NewTransferItem[];
  /** How many more were there already. */
  readonly present: number;
}

/**
 * Fills a migrated database with the demonstration. The demonstration itself comes whole or not at
 * all; customers beyond it come batch by batch. What is there already stays as it is, so a second
 * run changes nothing and an interrupted one goes on.
 */
export async function seedDemo(options: SeedOptions): Promise<SeedSummary> {
  const { pool, masterKey, now, customers = DEMO_CUSTOMERS, onProgress = () => {} } = options;
  const agesIn = seedAges(now);
  const tally = { written: 0, present: 0 };
  const write = async (client: ClientBase, batch: Batch): Promise<void> => {
    await writeCustomers(client, batch.customers);
    await addTransferItems(client, batch.items);
    tally.written += batch.customers.length;
    tally.present += batch.present;
    onProgress(tally.written + tally.present);
  };

  const inDemo = Math.min(customers, DEMO_CUSTOMERS);
  const keys = await inTransaction(pool, async (client) => {
    const held = await writeParties(client, masterKey);
    const entries = [...namedEntries(), ...generatedEntries(0, inDemo)];
    const stored = await storedCustomerIds(client, idsOf(entries));
    await writeInTurn({
      batches: chunksOf(entries),
      prepare: (batch) => prepared({ entries: batch, stored, keys: held, now, agesIn }),
      write: (batch) => write(client, batch),
    });
    await seedElevations(client, now);
    return held;
  });
  await writeInTurn({
    batches: batchesBetween(inDemo, customers),
    prepare: async (entries) => {
      const stored = await storedCustomerIds(pool, idsOf(entries));
      return prepared({ entries, stored, keys, now, agesIn });
    },
    write: (batch) => inTransaction(pool, (client) => write(client, batch)),
  });
  return tally;
}

async function writeParties(client: ClientBase, masterKey: MasterKey): Promise<OrganisationKeys> {
  await addOrganisations(client, Object.values(DEMO_ORGANISATIONS));
  await addPrincipals(client, seedPrincipals());
  await addMechanisms(client, DEMO_MECHANISMS);
  await addTransfers(client, seedTransfers());
  await addAlerts(client, seedAlerts());
  await addEngagements(client, seedEngagements());
  await addSamples(client, seedSamples());
  await addOpenReview(client, seedReview());
  await addDisclosureCases(client, {
    organisationId: DEMO_ORGANISATIONS.transferor.id,
    cases: DEMO_DISCLOSURE_CASES,
  });
  await createMissingOrganisationKeys({ database: client, masterKey });
  return openOrganisationKeys({ database: client, masterKeys: [masterKey] });
}

/** Prepares each batch while the database writes the one before it. */
async function writeInTurn({
  batches,
  prepare,
  write,
}: {
  batches: Iterable<readonly Entry[]>;
  prepare: (entries: readonly Entry[]) => Promise<Batch>;
  write: (batch: Batch) => Promise<void>;
}): Promise<void> {
  let writing = Promise.resolve();
  for (const entries of batches) {
    const [batch] = await Promise.all([prepare(entries), writing]);
    writing = write(batch);
  }
  await writing;
}

async function prepared({
  entries,
  stored,
  keys,
  now,
  agesIn,
}: {
  entries: readonly Entry[];
  stored: ReadonlySet<string>;
  keys: OrganisationKeys;
  now: Date;
  agesIn: AgesIn;
}): Promise<Batch> {
  const missing = entries.filter(({ customer }) => !stored.has(customer.id));
  const customers: NewCustomer[] = [];
  for (const { customer } of missing) {
    // Sealing keeps the thread busy, and the batch before this one has yet to be sent.
    if (customers.length % ROWS_AT_A_STRETCH === 0) await setImmediate();
    customers.push(seedRow({ customer, organisationKeys: keys, now, agesIn }));
  }
  const items = missing.flatMap(({ customer, membership }) =>
    membership === null ? [] : [seedItem(customer, membership)],
  );
  return { customers, items, present: entries.length - missing.length };
}

function namedEntries(): Entry[] {
  return NAMED_CUSTOMERS.map((customer) => ({ customer, membership: customer.membership }));
}

function generatedEntries(from: number, to: number): Entry[] {
  return Array.from({ length: Math.max(to - from, 0) }, (_, at) => ({
    customer: generatedCustomer(from + at),
    membership: MEMBERSHIPS[from + at] ?? null,
  }));
}

function* chunksOf(entries: readonly Entry[]): Generator<readonly Entry[]> {
  for (let start = 0; start < entries.length; start += BATCH_ROWS) {
    yield entries.slice(start, start + BATCH_ROWS);
  }
}

function* batchesBetween(from: number, to: number): Generator<readonly Entry[]> {
  for (let start = from; start < to; start += BATCH_ROWS) {
    yield generatedEntries(start, Math.min(start + BATCH_ROWS, to));
  }
}

function idsOf(entries: readonly Entry[]): string[] {
  return entries.map(({ customer }) => customer.id);
}
