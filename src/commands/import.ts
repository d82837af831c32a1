import { agesUnder } from "../ages-under.ts";
import { loadCatalog } from "../catalog.ts";
import { readPolicyFiles } from "../policy/document.ts";
import { loadPolicy } from "../policy/load.ts";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { type Config, loadConfig } from "../config.ts";
import { Jurisdiction } from "../customers/customer.enums.ts";
import { type ColumnMapping, loadColumnMapping } from "../customers/import/column-mapping.ts";
import {
  importLedger,
  type ImportJob,
  type ImportSummary,
} from "../customers/import/import-ledger.ts";
import { inspectLedger } from "../customers/import/ledger-inspection.ts";
import { createImportStore } from "../database/import-store.ts";
import { migrateUp } from "../database/migrate.ts";
import { openDatabase } from "../database/open-database.ts";
import { findOrganisationId } from "../database/find-organisation.ts";
import {
  createMissingOrganisationKeys,
  openOrganisationKeys,
} from "../database/organisation-key-store.ts";
import { BootError } from "../lib/boot-error.ts";
import { packageRoot } from "../lib/package-root.ts";
import { fileMasterKey } from "../sealing/file-master-key.ts";
import { fileProblems } from "./file-problems.ts";
import { importBar } from "./import-progress.ts";
import { importSummaryInWords } from "./import-summary.ts";

interface ImportOptions {
  readonly organisation: string;
  readonly mapping: string;
  readonly report?: string;
  readonly batchSize: number;
  readonly dryRun?: true;
}

/** A job but for where it goes. */
type Reading = Omit<ImportJob, "store" | "organisationId">;

/** Exit code when rows were refused; 0 when all were taken, 1 when the import failed. */
const SOME_REJECTED = 2;
const DEFAULT_MAPPING = join(packageRoot(), "seeds", "mappings", "chinese-ledger.yaml");
const DEFAULT_BATCH_ROWS = 1_000;
const MAX_BATCH_ROWS = 5_000;

/** `custodia import`: reads a customer ledger into an organisation. */
export function importCommand(): Command {
  return new Command("import")
    .description(
      "read a customer ledger (CSV or NDJSON; UTF-8, UTF-16 or GB18030) into an organisation",
    )
    .argument("<file>", "the ledger")
    .requiredOption("--organisation <code>", "organisation that answers for the customers")
    .option("--mapping <file>", "how headings become fields (YAML or JSON)", DEFAULT_MAPPING)
    .option(
      "--report <file>",
      "how each row ended as CSV, without values (default: import-report-<digest>.csv here)",
    )
    .option("--batch-size <rows>", "rows per transaction", batchRows, DEFAULT_BATCH_ROWS)
    .option("--dry-run", "judge every row and write nothing but the report")
    .addHelpText(
      "after",
      "\nExit codes: 0 every row was taken, 2 some rows were refused, 1 the import failed.",
    )
    .action(async (file: string, options: ImportOptions) => {
      const { summary, reportPath } = await fileProblems(() => run(file, options));
      console.log(importSummaryInWords({ summary, isDryRun: options.dryRun === true }));
      console.log(`How each row ended: ${reportPath}`);
      if (summary.counts.REJECTED > 0) process.exitCode = SOME_REJECTED;
    });
}

async function run(
  file: string,
  options: ImportOptions,
): Promise<{ summary: ImportSummary; reportPath: string }> {
  const mapping = await loadColumnMapping(options.mapping);
  const inspection = await inspectLedger(file);
  // Without a name of its own a report is called after the file, so that a resumed import finds it.
  const reportPath = options.report ?? `import-report-${inspection.digest.slice(0, 12)}.csv`;
  const now = new Date();
  const bar = importBar(inspection.bytes);
  const reading: Reading = {
    inspection,
    mapping,
    reportPath,
    batchSize: options.batchSize,
    now,
    agesIn: agesUnder(loadPolicy(readPolicyFiles(loadConfig().policyDir), loadCatalog()), now),
    onProgress: bar.show,
  };
  try {
    const summary = options.dryRun
      ? await importLedger({ ...reading, organisationId: options.organisation, store: null })
      : await importInto({ config: loadConfig(), organisationCode: options.organisation, reading });
    return { summary, reportPath };
  } finally {
    bar.stop();
  }
}

async function importInto({
  config,
  organisationCode,
  reading,
}: {
  config: Config;
  organisationCode: string;
  reading: Reading;
}): Promise<ImportSummary> {
  const { mapping, inspection, now, agesIn } = reading;
  const jurisdiction = jurisdictionOf(mapping);
  const masterKey = fileMasterKey({
    path: config.masterKeyFile,
    create: config.mode !== "production",
  });
  const database = await openDatabase(config, { mayShare: true });
  const { pool } = database;
  try {
    await migrateUp(pool);
    const organisationId = await findOrganisationId(pool, organisationCode);
    await createMissingOrganisationKeys({ database: pool, masterKey });
    const organisationKeys = await openOrganisationKeys({
      database: pool,
      masterKeys: [masterKey],
    });
    const source = inspection.digest;
    const store = createImportStore({ pool, organisationKeys, jurisdiction, source, now, agesIn });
    try {
      return await importLedger({ ...reading, organisationId, store });
    } finally {
      await store.close();
    }
  } finally {
    await database.close();
  }
}

/** The country of a ledger is also the one whose law governs its records. */
function jurisdictionOf({ country }: ColumnMapping): Jurisdiction {
  const found = Object.values(Jurisdiction).find((jurisdiction) => jurisdiction === country);
  if (found) return found;
  const known = Object.values(Jurisdiction).join(", ");
  throw new BootError(`The mapping's country is ${country}; records of these are kept: ${known}.`);
}

function batchRows(text: string): number {
  const rows = Number(text);
  if (Number.isInteger(rows) && rows >= 1 && rows <= MAX_BATCH_ROWS) return rows;
  throw new InvalidArgumentError(`It has to be a whole number from 1 to ${MAX_BATCH_ROWS}.`);
}
