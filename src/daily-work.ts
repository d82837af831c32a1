import type { Logger } from "pino";
import { agesUnder } from "./ages-under.ts";
import { refreshAgeBands } from "./database/age-bands.ts";
import { forgetExpiredLookups } from "./database/expired-lookups.ts";
import type { OpenDatabase } from "./database/open-database.ts";
import type { ServedPolicy } from "./served-policy.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Does what has to be done once a day, now and from then on: age bands follow birthdays and the
 * law, and digests of lookups are forgotten. Late, both protect more, never less, so a day's delay is harmless. Gives
 * the function that ends it.
 */
export async function startDailyWork({
  database,
  logger,
  now,
  policy,
}: {
  database: OpenDatabase;
  logger: Logger;
  now: () => Date;
  policy: ServedPolicy;
}): Promise<() => void> {
  const work = async (): Promise<void> => {
    const at = now();
    await forgetExpiredLookups({ database: database.pool, now: at });
    const agesIn = agesUnder(policy.current().policy, at);
    await refreshAgeBands({ database: database.pool, now: at, agesIn });
  };
  const tryToWork = (): Promise<void> =>
    work().catch(() => logger.error("the daily work could not be done; the next try is tomorrow"));
  // Without a policy nothing is served, and there are no ages to go by; bands that stay protect more.
  await tryToWork();
  const timer = setInterval(() => void tryToWork(), DAY_MS).unref();
  return () => clearInterval(timer);
}
