import { migrateUp } from "./database/migrate.ts";
import type { OpenDatabase } from "./database/open-database.ts";
import type { MasterKey } from "./sealing/master-key.ts";

/** What a database is filled with. */
export interface Filling {
  readonly database: OpenDatabase;
  readonly masterKey: MasterKey;
  readonly now: Date;
}

/** Fills an empty database before anything is served. */
export type Seed = (into: Filling) => Promise<void>;

/** Brings the database up to date, and fills an empty one where there is something to fill it with. */
export async function fillDatabase({
  seed,
  ...into
}: Filling & { readonly seed: Seed | null }): Promise<void> {
  await migrateUp(into.database.pool);
  if (seed !== null) await seed(into);
}
