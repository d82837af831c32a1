import type { Logger } from "pino";

/** What time changes by itself. */
interface SettledByTime {
  settle(now: Date): Promise<void>;
}

/** Between two looks. What is open to whom is told by the time of each request, so nothing hangs on it. */
const EVERY_MS = 10_000;

/**
 * Writes down every few seconds what time has changed, of elevations and of reviews of roles, so that
 * it is right also where nobody asks. Gives the function that ends it.
 */
export function startSettling({
  stores,
  logger,
  now,
}: {
  stores: Readonly<Record<string, SettledByTime>>;
  logger: Logger;
  now: () => Date;
}): () => void {
  const timer = setInterval(() => {
    for (const [what, store] of Object.entries(stores))
      store.settle(now()).catch(() => {
        logger.error(`${what} could not be settled; the next try is in seconds`);
      });
  }, EVERY_MS).unref();
  return () => clearInterval(timer);
}
