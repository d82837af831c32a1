import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { BootError } from "../../lib/boot-error.ts";
import type { Binaries } from "./binaries.ts";

const readableByAll = 0o444;
const enterableByAll = 0o111;
const writableByOthers = 0o022;

/**
 * A folder that every account may enter, for what cannot be served from root's own home. Only root may
 * write it, because programs in it are run.
 *
 * @throws BootError when someone else may write it
 */
export function openOutsideFolder(path: string): void {
  if (!existsSync(path)) {
    mkdirSync(path, { recursive: true });
    chmodSync(path, 0o755);
  }
  const { uid, mode } = statSync(path);
  if (uid !== process.getuid?.() || (mode & writableByOthers) !== 0) {
    throw new BootError(
      `${path} may be written by others, so PostgreSQL cannot be run from there.`,
    );
  }
}

/** Copies the programs once per version and returns the copy; a copy appears whole or not at all. */
export function copyBinaries(binaries: Binaries, outsideFolder: string): string {
  const copy = join(outsideFolder, binaries.label);
  if (existsSync(copy)) return copy;
  const staging = mkdtempSync(`${copy}.new-`);
  try {
    cpSync(binaries.folder, staging, { recursive: true, verbatimSymlinks: true });
    openToAll(staging);
    renameSync(staging, copy);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    // Another process may have been faster; its copy is as good.
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** Lets every account read and run a tree, whatever root's umask was when npm unpacked it. */
function openToAll(path: string): void {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) return;
  const executable = status.isDirectory() || (status.mode & enterableByAll) !== 0;
  chmodSync(path, status.mode | readableByAll | (executable ? enterableByAll : 0));
  if (status.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}
