import { readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** What a running server writes into its own `postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `ready`, `stopping` or `standby`; empty while the server has not got that far. */
  readonly status: string;
}

/** Reads `postmaster.pid`; undefined when there is none. */
export function readPostmasterFile(clusterFolder: string): PostmasterFile | undefined {
  try {
    return parsePostmasterFile(readFileSync(join(clusterFolder, "postmaster.pid"), "utf8"));
  } catch {
    return undefined;
  }
}

/** The lines are those of `pidfile.h`: 1 is the process, 4 the port, 8 the status. */
export function parsePostmasterFile(text: string): PostmasterFile {
  const lines = text.split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? "" };
}

/**
 * True when the process lives and is a server of this cluster. After a crash of the machine the number
 * may belong to any other program, which PostgreSQL itself cannot tell.
 */
export function servesCluster(pid: number, clusterFolder: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  try {
    // A server's working directory is its data directory.
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(clusterFolder);
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
