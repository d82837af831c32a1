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
  } finally {
    await pool.end();
  }
}

/** Makes the months that the first server to start would make: that is half of its start. */
export async function prepareForServers(url: string): Promise<void> {
  const pool = createPool({ url, max: 1 });
  try {
    await prepareDecisionMonths(pool);
  } finally {
    await pool.end();
  }
}
