import type { Logger } from "pino";
import type { ElevationStore } from "./database/elevation-store.ts";

/** Between two looks. Nothing hangs on it: what is open to whom is told by the time of each request. */
const EVERY_MS = 10_000;

/**
 * Writes down every few seconds what time has changed of elevations, so that histories and reviews are
 * right also where nobody asks for them. Gives the function that ends it.
 */
export function startSettlingElevations({
  elevations,
  logger,
  now,
}: {
  elevations: ElevationStore;
  logger: Logger;
  now: () => Date;
}): () => void {
  const timer = setInterval(() => {
    elevations.settle(now()).catch(() => {
      logger.error("elevations could not be settled; the next try is in seconds");
    });
  }, EVERY_MS).unref();
  return () => clearInterval(timer);
}
