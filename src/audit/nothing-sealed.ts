import type { LogProofs } from "./log-proofs.ts";
import { publicError } from "../errors.ts";

/** A log of which nothing was sealed yet, so that there is nothing to prove. */
export const NOTHING_SEALED: LogProofs = {
  head: async () => null,
  headAt: async () => null,
  inclusion: refuse,
  consistency: refuse,
  keys: async () => [],
};

async function refuse(): Promise<never> {
  throw publicError("SERVICE_UNAVAILABLE");
}
