import { AGES } from "./ages.ts";
import type pg from "pg";
import { v7 as uuidv7 } from "uuid";
import { Jurisdiction } from "../../src/customers/customer.enums.ts";
import { importLedger, type ImportSummary } from "../../src/customers/import/import-ledger.ts";
import type { ImportStore } from "../../src/customers/import/import-store.ts";
import { inspectLedger } from "../../src/customers/import/ledger-inspection.ts";
import { createImportStore } from "../../src/database/import-store.ts";
import {
  createMissingOrganisationKeys,
  openOrganisationKeys,
} from "../../src/database/organisation-key-store.ts";
import { createPool } from "../../src/database/pool.ts";
import { fileMasterKey } from "../../src/sealing/file-master-key.ts";
import { freshDatabase } from "./fresh-database.ts";
import { chineseMapping } from "./judge-ledger.ts";

/** An organisation of its own in a database of its own, into which ledgers are read. */
export interface ImportWorld {
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  readonly organisationId: string;
  readonly organisationCode: string;
  readonly store: ImportStore;
  readonly read: (path: string) => Promise<ImportSummary>;
  readonly close: () => Promise<void>;
}

/** A day on which the child of the small ledger is 13. */
const NOW = new Date("2025-06-01T00:00:00Z");

export async function importWorld({
  masterKeyFile,
}: {
  masterKeyFile: string;
}): Promise<ImportWorld> {
  const { url, drop } = await freshDatabase();
  const pool = createPool({ url, max: 4 });
  const organisationId = uuidv7();
  const organisationCode = "import-test";
  await pool.query("INSERT INTO organisation (id, code, name) VALUES ($1, $2, $2)", [
    organisationId,
    organisationCode,
  ]);
  const masterKey = fileMasterKey({ path: masterKeyFile, create: true });
  await createMissingOrganisationKeys({ database: pool, masterKey });
  const organisationKeys = await openOrganisationKeys({ database: pool, masterKeys: [masterKey] });
  const jurisdiction = Jurisdiction.CN;
  const store = createImportStore({
    pool,
    organisationKeys,
    jurisdiction,
    source: "test",
    now: NOW,
    agesIn: AGES,
  });
  return {
    pool,
    databaseUrl: url,
    organisationId,
    organisationCode,
    store,
    read: async (path) =>
      importLedger({
        inspection: await inspectLedger(path),
        mapping: await chineseMapping(),
        organisationId,
        store,
        reportPath: null,
        batchSize: 4,
        now: NOW,
        agesIn: AGES,
      }),
    close: async () => {
      await pool.end();
      await drop();
    },
  };
}
