import { closeSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";

const largestBytes = 5 * 1024 * 1024;

/** Opens the server's log to append to it; starts a new one when the old has grown large. */
export function openServerLog(path: string): {
  descriptor: number;
  sinceOpened: () => string;
  close: () => void;
} {
  const descriptor = openSync(path, "a", 0o600);
  if (statSync(path).size > largestBytes) truncateSync(path);
  const start = statSync(path).size;
  return {
    descriptor,
    sinceOpened: () => readFileSync(path).subarray(start).toString("utf8"),
    close: () => closeSync(descriptor),
  };
}
