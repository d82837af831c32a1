import type { Logger } from "pino";
import { refreshAgeBands } from "./database/age-bands.ts";
import { forgetExpiredLookups } from "./database/expired-lookups.ts";
import type { OpenDatabase } from "./database/open-database.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Does what has to be done once a day, now and from then on: age bands follow birthdays, and digests
 * of lookups are forgotten. Late, both protect more, never less, so a day's delay is harmless. Gives
 * the function that ends it.
 */
export async function startDailyWork({
  database,
  logger,
  now,
}: {
  database: OpenDatabase;
  logger: Logger;
  now: () => Date;
}): Promise<() => void> {
  const work = async (): Promise<void> => {
    await refreshAgeBands({ database: database.pool, now: now() });
    await forgetExpiredLookups({ database: database.pool, now: now() });
  };
  await work();
  const timer = setInterval(() => {
    work().catch(() => logger.error("the daily work could not be done; the next try is tomorrow"));
  }, DAY_MS).unref();
  return () => clearInterval(timer);
}
