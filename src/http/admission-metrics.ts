import { Counter, Gauge, type Registry } from "prom-client";
import type { NoPlace } from "./places.ts";

/** What is told of the requests that a process takes on. */
export interface AdmissionMetrics {
  /** Names who knows how many are in flight; asked when the page is read. */
  watch(inFlight: () => number): void;
  /** Counts one that was refused. */
  refused(reason: NoPlace): void;
}

/** Puts the measures of admission into a registry, under names that begin with `prefix`. */
export function admissionMetrics(registry: Registry, prefix: string): AdmissionMetrics {
  const registers = [registry];
  let inFlight = (): number => 0;
  new Gauge({
    name: `${prefix}http_requests_in_flight`,
    help: "Requests that are being answered.",
    registers,
    collect() {
      this.set(inFlight());
    },
  });
  const refused = new Counter({
    name: `${prefix}http_requests_refused_total`,
    help: "Requests that were refused for overload.",
    labelNames: ["reason"],
    registers,
  });
  for (const reason of ["in_flight", "late"]) refused.inc({ reason }, 0);
  return {
    watch: (count) => {
      inFlight = count;
    },
    refused: (reason) => refused.inc({ reason }),
  };
}
