import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BootError } from "../../lib/boot-error.ts";
import { type PostmasterFile, readPostmasterFile, servesCluster } from "./postmaster-file.ts";

const pollMs = 50;
/** How long a server needs to notice that the process which started it was killed. */
const noticingMs = 2_000;
const stoppingMs = 30_000;

/** The server that serves a cluster now, ours or another process's; undefined when none does. */
export function liveServer(clusterFolder: string): PostmasterFile | undefined {
  const file = readPostmasterFile(clusterFolder);
  return file && servesCluster(file.pid, clusterFolder) ? file : undefined;
}

/**
 * Waits for the server of a process that was killed, and clears away what a crash left behind.
 *
 * @throws BootError when a server goes on serving the cluster: two would destroy it
 */
export async function waitForEarlierServer(clusterFolder: string): Promise<void> {
  const startedAt = Date.now();
  for (let live = liveServer(clusterFolder); live; live = liveServer(clusterFolder)) {
    const patienceMs = live.status === "stopping" ? stoppingMs : noticingMs;
    if (Date.now() - startedAt > patienceMs) {
      throw new BootError(
        `The database in ${clusterFolder} is in use (PostgreSQL is process ${live.pid} on port ${live.port}): stop the process that started it, or choose another DATA_DIR.`,
      );
    }
    await sleep(pollMs);
  }
  rmSync(join(clusterFolder, "postmaster.pid"), { force: true });
}
