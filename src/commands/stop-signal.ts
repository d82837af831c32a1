/** A second signal within this time is the first one again: terminals send it to the whole group. */
const SAME_SIGNAL_MS = 500;

/** Resolves at the first SIGINT or SIGTERM; a later one ends the process at once. */
export function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let firstAt: number | null = null;
  const stop = (): void => {
    const now = performance.now();
    if (firstAt === null) {
      firstAt = now;
      resolve();
    } else if (now - firstAt > SAME_SIGNAL_MS) {
      process.exit(1);
    }
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return promise;
}
