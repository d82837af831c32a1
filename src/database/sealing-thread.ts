import { parentPort, workerData } from "node:worker_threads";
import type { EncodedCustomers } from "./customer-writer.ts";
import { sealCustomers, type SealingJob, type SealingTerms } from "./seal-customers.ts";

/** What a thread says of a job. */
export interface SealingAnswer {
  readonly job: number;
  readonly sealed: EncodedCustomers;
}

const terms = workerData as SealingTerms;

// An error ends the thread, and with it the import.
parentPort?.on("message", ({ job, ...asked }: SealingJob & { job: number }) => {
  const sealed = sealCustomers(asked, terms);
  const answer: SealingAnswer = { job, sealed };
  const buffers = Object.values<Uint8Array>({ ...sealed }).map(({ buffer }) => buffer);
  parentPort?.postMessage(answer, buffers as ArrayBuffer[]);
});
