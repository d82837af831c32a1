import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { invariant } from "../lib/invariant.ts";
import type { EncodedCustomers } from "./customer-writer.ts";
import { sealCustomers, type SealingJob, type SealingTerms } from "./seal-customers.ts";
import type { SealingAnswer } from "./sealing-thread.ts";

/** Seals beside the thread that reads and writes. */
export interface SealingThreads {
  readonly seal: (job: SealingJob) => Promise<EncodedCustomers>;
  readonly close: () => Promise<void>;
}

/** One core is left to the thread that reads and judges; more than four wait for the database. */
const THREADS = Math.min(Math.max(availableParallelism() - 1, 1), 4);

/** How many batches can be worked at while another one is written. */
export const BATCHES_AHEAD = THREADS + 1;

/**
 * Starts the threads that seal: sealing takes more of a processor than all else that an import does.
 * Keys are handed over as `KeyObject`, which copies no key into what JavaScript can read.
 */
export function startSealingThreads(terms: SealingTerms): SealingThreads {
  // Tests run from the sources, of which a thread could load none.
  if (import.meta.url.endsWith(".ts"))
    return { seal: async (job) => sealCustomers(job, terms), close: async () => {} };
  const threads = Array.from({ length: THREADS }, () => startThread(terms));
  let jobs = 0;
  return {
    seal: (job) => {
      const thread = threads[jobs++ % threads.length];
      invariant(thread !== undefined, "there is a thread");
      return thread.seal(job);
    },
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

function startThread(terms: SealingTerms): SealingThreads {
  const worker = new Worker(new URL("./sealing-thread.js", import.meta.url), { workerData: terms });
  const waiting = new Map<number, PromiseWithResolvers<EncodedCustomers>>();
  let ended: Error | null = null;
  let jobs = 0;
  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on("message", ({ job, sealed }: SealingAnswer) => {
    waiting.get(job)?.resolve(sealed);
    waiting.delete(job);
  });
  worker.on("error", end);
  worker.on("exit", () => end(new Error("A thread that seals has ended")));
  return {
    seal: (asked) => {
      if (ended !== null) return Promise.reject(ended);
      const sealed = Promise.withResolvers<EncodedCustomers>();
      const job = jobs++;
      waiting.set(job, sealed);
      worker.postMessage({ job, ...asked });
      return sealed.promise;
    },
    close: async () => {
      await worker.terminate();
    },
  };
}
