import { setTimeout as pause } from "node:timers/promises";

/** Tries a claim again until it holds; a machine that is busy has ten seconds. */
export async function eventually<T>(claim: () => T | Promise<T>): Promise<T> {
  const until = performance.now() + 10_000;
  for (;;) {
    try {
      return await claim();
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(20);
    }
  }
}
