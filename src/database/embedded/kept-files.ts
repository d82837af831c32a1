import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const passwordBytes = 24;
const onlyUs = 0o600;

/** The superuser's password: made at the first start, then kept for this user's eyes only. */
export function keptPassword(dataDirectory: string): string {
  const file = join(dataDirectory, "password");
  try {
    writeFileSync(file, randomBytes(passwordBytes).toString("base64url"), {
      flag: "wx",
      mode: onlyUs,
    });
  } catch (error) {
    if (!isExisting(error)) throw error;
  }
  return readFileSync(file, "utf8");
}

/** The port of the last start; undefined before the first. */
export function keptPort(dataDirectory: string): number | undefined {
  try {
    return Number(readFileSync(join(dataDirectory, "port"), "utf8"));
  } catch {
    return undefined;
  }
}

/** Remembers the port, so that tools which were given the URL find the server again. */
export function keepPort(dataDirectory: string, port: number): void {
  writeFileSync(join(dataDirectory, "port"), String(port));
}

function isExisting(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EEXIST";
}
