import type { ClientBase, Pool } from "pg";
import type { AgesIn } from "../customers/age-limits.ts";
import { changedCustomer } from "../customers/changed-customer.ts";
import { digestOf } from "../customers/customer-row.ts";
import type { CustomerRecord } from "../customers/customer-record.ts";
import type { Jurisdiction } from "../customers/customer.enums.ts";
import {
  ImportConflict,
  type ImportStore,
  type LedgerRecord,
  type PreparedBatch,
  type WriteResult,
} from "../customers/import/import-store.ts";
import type { OrganisationKey } from "../sealing/organisation-key.ts";
import type { OrganisationKeys } from "../sealing/organisation-keys.ts";
import {
  type EncodedCustomers,
  findDigests,
  type KnownCustomer,
  loadStoredCustomers,
  updateCustomers,
  writeEncoded,
} from "./customer-writer.ts";
import { BATCHES_AHEAD, type SealingThreads, startSealingThreads } from "./sealing-threads.ts";
import { loadCheckpoint, markFinished, saveCheckpoint } from "./import-progress.ts";
import { sqlStateOf, statementFailure } from "./statement-failure.ts";
import { inTransaction, withClient } from "./transaction.ts";

/** What an import writes with. */
export interface ImportStoreOptions {
  readonly pool: Pool;
  readonly organisationKeys: OrganisationKeys;
  /** Law of the ledger. */
  readonly jurisdiction: Jurisdiction;
  /** Where the records come from, for the history of each customer: the digest of the file. */
  readonly source: string;
  /** Time of the writing, UTC. */
  readonly now: Date;
  readonly agesIn: AgesIn;
}

interface ChangedRecord {
  readonly id: string;
  readonly record: CustomerRecord;
}

/** The records of a batch by what is to be done with them. */
interface Comparison {
  readonly results: WriteResult[];
  /** Canonical texts of the records that are new here. */
  readonly created: string[];
  readonly changed: ChangedRecord[];
}

/** A number already taken, or a conflict between transactions (PostgreSQL, Appendix A). */
const CONFLICTS: ReadonlySet<string> = new Set(["23505", "40001", "40P01"]);

/** The store of an import in PostgreSQL. A connection of the pool is in use for each batch at hand. */
export function createImportStore(options: ImportStoreOptions): ImportStore {
  const { pool, organisationKeys, jurisdiction, agesIn, source, now } = options;
  const threads = startSealingThreads({ jurisdiction, ages: agesIn(jurisdiction), source, now });
  return {
    batchesAhead: BATCHES_AHEAD,
    close: () => threads.close(),
    interruptedAt: (key) => guarded(withClient(pool, (client) => loadCheckpoint(client, key))),
    finish: (key) => guarded(withClient(pool, (client) => markFinished(client, key))),
    prepare: async (key, records) => {
      const { organisationId } = key;
      const { results, created, changed } = await guarded(
        compare({ options, organisationId, records }),
      );
      const sealed = await sealNew({
        threads,
        controller: organisationKeys.newest(organisationId),
        created,
      });
      const commit: PreparedBatch["commit"] = async (checkpoint) => {
        if (checkpoint === null && created.length + changed.length === 0) return;
        const writing = inTransaction(pool, async (client) => {
          if (sealed !== null) await writeEncoded(client, sealed);
          await writeChanges({ client, options, organisationId, changed });
          if (checkpoint !== null) await saveCheckpoint(client, { key, checkpoint });
        });
        await guarded(writing);
      };
      return { results, commit };
    },
  };
}

/** Tells known records by their keyed digests, so that stored values stay sealed. */
async function compare({
  options,
  organisationId,
  records,
}: {
  options: ImportStoreOptions;
  organisationId: string;
  records: readonly LedgerRecord[];
}): Promise<Comparison> {
  const { pool, organisationKeys } = options;
  const customerNos = records.map(({ record }) => record.customerNo);
  const known = await withClient(pool, (client) =>
    findDigests(client, { organisationId, customerNos }),
  );

  const results: WriteResult[] = [];
  const created: string[] = [];
  const changed: ChangedRecord[] = [];
  for (const { record, canonical } of records) {
    const stored = known.get(record.customerNo);
    if (stored === undefined) created.push(canonical);
    const result = resultFor({ canonical, stored, organisationKeys, organisationId });
    if (stored !== undefined && result === "CHANGED") changed.push({ record, id: stored.id });
    results.push(result);
  }
  return { results, created, changed };
}

async function sealNew(from: {
  threads: SealingThreads;
  controller: OrganisationKey;
  created: readonly string[];
}): Promise<EncodedCustomers | null> {
  const { threads, controller, created } = from;
  return created.length === 0 ? null : threads.seal({ controller, canonicals: created });
}

function resultFor(from: {
  canonical: string;
  stored: KnownCustomer | undefined;
  organisationKeys: OrganisationKeys;
  organisationId: string;
}): WriteResult {
  const { canonical, stored, organisationKeys, organisationId } = from;
  if (stored === undefined) return "CREATED";
  if (!stored.isWritable) return "NOT_WRITABLE";
  const isSame = organisationKeys
    .versionsOf(organisationId)
    .some((key) => stored.recordDigest?.equals(digestOf(canonical, key)));
  return isSame ? "UNCHANGED" : "CHANGED";
}

async function writeChanges(from: {
  client: ClientBase;
  options: ImportStoreOptions;
  organisationId: string;
  changed: readonly ChangedRecord[];
}): Promise<void> {
  const { client, options, organisationId, changed } = from;
  if (changed.length === 0) return;
  const { organisationKeys, now, source, agesIn } = options;
  const stored = await loadStoredCustomers(
    client,
    changed.map(({ id }) => id),
  );
  const storedById = new Map(stored.map((customer) => [customer.id, customer]));

  // Now that they are locked: sealed or handed over since they were compared?
  const customerNos = changed.map(({ record }) => record.customerNo);
  const known = await findDigests(client, { organisationId, customerNos });
  const customers = changed.map(({ id, record }) => {
    const customer = storedById.get(id);
    if (customer === undefined || !known.get(record.customerNo)?.isWritable)
      throw new ImportConflict();
    const terms = { organisationKeys, now, source, agesIn };
    return changedCustomer({ record, stored: customer, ...terms });
  });
  await updateCustomers(client, customers);
}

/** Lets no driver error out: they repeat values. What may be tried again is an ImportConflict. */
async function guarded<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const sqlState = sqlStateOf(error);
    if (sqlState === null) throw error;
    throw CONFLICTS.has(sqlState) ? new ImportConflict() : statementFailure(error);
  }
}
