import { setTimeout as pause } from "node:timers/promises";
import { v4 as randomId } from "uuid";
import { LeaseLostError, prepareBundle } from "./audit/export/prepare-bundle.ts";
import type { StandingExport } from "./audit/export/export-store.ts";
import { PublicError } from "./errors.ts";
import { sourcesOf } from "./evidence-delivery.ts";
import { faultTrace } from "./lib/fault-trace.ts";
import type { Services } from "./services.ts";

/** Between two looks for exports that wait, or whose node has died. */
const EVERY_MS = 500;

/**
 * Prepares evidence that was asked for, on whichever node gets to it first; one that stops or dies
 * leaves what it has done to the next. Gives the function that ends it.
 */
export function startPreparingEvidence(
  services: Services,
  { now }: { now: () => Date },
): () => Promise<void> {
  const { logger } = services;
  const { store } = services.evidence;
  const stopping = new AbortController();
  const { signal } = stopping;
  const work = async (): Promise<void> => {
    await store.expire(now());
    const worker = randomId();
    const standing = await store.claim(worker);
    if (standing !== null) await prepare(services, { standing, worker, now, signal });
  };
  const running = (async (): Promise<void> => {
    while (!signal.aborted) {
      await work().catch(() => logger.warn("evidence could not be prepared; the next try follows"));
      await pause(EVERY_MS, null, { signal, ref: false }).catch(() => null);
    }
  })();
  return async () => {
    stopping.abort();
    await running;
  };
}

async function prepare(
  services: Services,
  of: { standing: StandingExport; worker: string; now: () => Date; signal: AbortSignal },
): Promise<void> {
  const { proofs, logger } = services;
  const { store, signNote } = services.evidence;
  const { standing, worker, now, signal } = of;
  const { id } = standing;
  const sources = sourcesOf(services, standing);
  try {
    await prepareBundle({ standing, worker, store, proofs, sources, signNote, now, signal });
  } catch (error) {
    if (error instanceof LeaseLostError) return;
    if (signal.aborted || (error instanceof PublicError && error.code === "SERVICE_UNAVAILABLE"))
      return store.release({ id, worker });
    logger.error({ exportId: id, fault: faultTrace(error) }, "evidence can't be made");
    await store.fail({ id, worker });
  }
}
