import { setting } from "./setting.ts";
import { wholeNumber } from "./setting-shapes.ts";

/**
 * Settings of how many processes serve, and of what each takes on at once: beyond it requests are refused
 * while they cost nothing yet.
 */
export const LOAD_SETTINGS = {
  workers: setting({
    doc: "Processes that serve on the one port, each with its own connections, limits of rate and requests in flight; 1 serves in the process that was started.",
    unit: "processes",
    env: "WORKERS",
    default: 1,
    schema: wholeNumber({ min: 1, max: 64 }),
  }),
  maxRequestsInFlight: setting({
    doc: "Requests that one process works on at once; further ones are refused with 503 and Retry-After. Divided by the requests that it answers per second, it is about how long an accepted one takes at most.",
    unit: "requests",
    env: "MAX_REQUESTS_IN_FLIGHT",
    default: 256,
    schema: wholeNumber({ min: 1, max: 100_000 }),
  }),
  lateAfterMs: setting({
    doc: "Time in flight after which a request is late; no further one is taken on while a quarter of MAX_REQUESTS_IN_FLIGHT is late, because those in flight are dear or the database is slow.",
    unit: "ms",
    env: "LATE_AFTER_MS",
    default: 1_000,
    schema: wholeNumber({ min: 10, max: 600_000 }),
  }),
} as const;
