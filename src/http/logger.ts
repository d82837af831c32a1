import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";

/** JSON lines with the time in UTC. What they may hold is decided where they are written: no values. */
export function createLogger(options: { level: string; destination?: DestinationStream }): Logger {
  const settings = {
    level: options.level,
    base: { service: "custodia" },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // A second fence: these names never hold what a log may tell.
    redact: ["authorization", "token", "query", "variables", "body", "headers", "err", "error"],
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}
