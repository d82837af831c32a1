import { setting } from "./setting.ts";
import { wholeNumber } from "./setting-shapes.ts";

/** Settings of what is taken on at once: beyond it requests are refused while they cost nothing yet. */
export const LOAD_SETTINGS = {
  maxRequestsInFlight: setting({
    doc: "Requests that one process works on at once; further ones are refused with 503 and Retry-After. Divided by the requests per second that it answers, it is how long an accepted one takes at most.",
    unit: "requests",
    env: "MAX_REQUESTS_IN_FLIGHT",
    default: 256,
    schema: wholeNumber({ min: 1, max: 100_000 }),
  }),
  maxEventLoopDelayMs: setting({
    doc: "Mean delay of the event loop beyond which a quarter of MAX_REQUESTS_IN_FLIGHT is the most that is taken on, because those in flight are dear.",
    unit: "ms",
    env: "MAX_EVENT_LOOP_DELAY_MS",
    default: 200,
    schema: wholeNumber({ min: 10, max: 60_000 }),
  }),
} as const;
