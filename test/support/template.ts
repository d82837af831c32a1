import "reflect-metadata";
import { seedDemo } from "../../seeds/seed-demo.ts";
import { prepareDecisionMonths } from "../../src/database/decision-retention.ts";
import { migrateUp } from "../../src/database/migrate.ts";
import { createPool } from "../../src/database/pool.ts";
import { fileMasterKey } from "../../src/sealing/file-master-key.ts";

/** When tests take place: ages in the template are reckoned on it. */
export const TEMPLATE_NOW = new Date("2026-11-23T12:00:00Z");

/** Fills the database that every test's own is copied from: migrated, and seeded with the demonstration. */
export async function fillTemplate({
  url,
  masterKeyFile,
}: {
  url: string;
  masterKeyFile: string;
}): Promise<void> {
  const pool = createPool({ url, max: 1 });
  try {
    await migrateUp(pool);
    const masterKey = fileMasterKey({ path: masterKeyFile, create: true });
    await seedDemo({ pool, masterKey, now: TEMPLATE_NOW });
    // The first server to start would do so, and most files start one: that is a third of its start.
    await prepareDecisionMonths(pool);
  } finally {
    await pool.end();
  }
}
