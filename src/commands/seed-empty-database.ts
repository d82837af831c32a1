import { seedDemo } from "../../seeds/seed-demo.ts";
import type { Seed } from "../app.ts";
import { hasNoOrganisation } from "../database/organisation-directory.ts";

/** Fills a database with the demonstration if nothing is in it. */
export const seedEmptyDatabase: Seed = async ({ database, masterKey, now }) => {
  if (!(await hasNoOrganisation(database.pool))) return;
  process.stderr.write("Seeding the demonstration …\n");
  await seedDemo({ pool: database.pool, masterKey, now });
};
