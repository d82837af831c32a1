import type { Logger } from "pino";
import { refreshAgeBands } from "./database/age-bands.ts";
import type { OpenDatabase } from "./database/open-database.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Does what has to be done once a day, now and from then on: age bands follow birthdays. A band that
 * is late protects more, never less, so a day's delay is harmless. Gives the function that ends it.
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
  await refreshAgeBands({ database: database.pool, now: now() });
  const timer = setInterval(() => {
    refreshAgeBands({ database: database.pool, now: now() }).catch(() => {
      logger.error("age bands could not be refreshed; the next try is tomorrow");
    });
  }, DAY_MS).unref();
  return () => clearInterval(timer);
}
