import type { Seed } from "../fill-database.ts";
import { hasNoOrganisation } from "../database/organisation-directory.ts";

/** Fills a database with the demonstration if nothing is in it. */
export const seedEmptyDatabase: Seed = async ({ database, masterKey, now }) => {
  if (!(await hasNoOrganisation(database.pool))) return;
  // Loaded for the first start alone: the demonstration is read from its files, and is not small.
  const { seedDemo } = await import("../../seeds/seed-demo.ts");
  process.stderr.write("Seeding the demonstration …\n");
  await seedDemo({ pool: database.pool, masterKey, now });
};
