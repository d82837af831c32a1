import { accessSync, constants, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { announceWhenLong } from "./capture.mjs";
import { fromRoot, root } from "./root.mjs";

const lockFile = fromRoot(".bootstrap.lock");
const retryMs = 100;
const unreadableForMs = 5000;

/** Lets one process at a time install or build, so that two terminals do not write the same files. */
export async function withLock(work) {
  accessSync(root, constants.W_OK);
  await acquire();
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function acquire() {
  const stopAnnouncing = announceWhenLong("waiting for another process that installs or builds …");
  try {
    while (!acquired()) await sleep(retryMs);
  } finally {
    stopAnnouncing();
  }
}

function acquired() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (isAbandoned()) rmSync(lockFile, { force: true });
    return false;
  }
}

function isAbandoned() {
  try {
    const holder = Number.parseInt(readFileSync(lockFile, "utf8"), 10);
    if (Number.isNaN(holder)) return Date.now() - statSync(lockFile).mtimeMs > unreadableForMs;
    // After a restart of a container our own number may be that of the process that died holding the lock.
    return holder === process.pid || !isAlive(holder);
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
