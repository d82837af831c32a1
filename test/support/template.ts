import { migrateUp } from "../../src/database/migrate.ts";
import { createPool } from "../../src/database/pool.ts";

/** Fills the database that every test's own is copied from. */
export async function fillTemplate(url: string): Promise<void> {
  const pool = createPool({ url, max: 1 });
  try {
    await migrateUp(pool);
  } finally {
    await pool.end();
  }
}
