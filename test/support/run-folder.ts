import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { liveServer } from "../../src/database/embedded/earlier-server.ts";

const prefix = "custodia-test-";
const removalAttempts = 100;

/** Makes the folder of this run; its name carries the process, so that a later run knows if it lives. */
export function createRunFolder(): string {
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** Removes a run's folder at once; a server that still works in it is killed, as nothing in it is kept. */
export function removeRunFolder(runFolder: string): void {
  const server = liveServer(join(runFolder, "cluster"));
  if (server) kill(server.pid, "SIGKILL");
  for (let attempt = 1; existsSync(runFolder) && attempt <= removalAttempts; attempt++) {
    try {
      rmSync(runFolder, { recursive: true, force: true });
    } catch {
      // Processes of the server that have not ended yet may add files meanwhile.
    }
  }
}

/** Removes what runs left behind that were killed before they could do it themselves. */
export function removeAbandonedRunFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      removeRunFolder(join(tmpdir(), name));
    }
  }
}

function isAlive(pid: number): boolean {
  return kill(pid, 0) !== "ESRCH";
}

/** Sends a signal and returns why that failed. */
function kill(pid: number, signal: NodeJS.Signals | 0): string | undefined {
  try {
    process.kill(pid, signal);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}
