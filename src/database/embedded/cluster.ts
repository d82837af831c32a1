import { execFile } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { BootError } from "../../lib/boot-error.ts";
import type { Account } from "./account.ts";
import type { Placement } from "./placement.ts";
import { programOptions } from "./program-options.ts";

const run = promisify(execFile);

/** The superuser of every embedded cluster. */
export const superuser = "custodia";

/** True when the data directory names a finished cluster. */
export function clusterExists({ link }: Placement): boolean {
  return existsSync(join(link, "PG_VERSION"));
}

/**
 * Makes a cluster beside its place and moves it there, so that a process that dies half-way leaves
 * nothing that looks like a cluster, and of two that start at once one wins and the other uses its work.
 *
 * @throws BootError when `initdb` fails
 */
export async function createCluster(
  placement: Placement,
  options: { password: string; durable: boolean },
): Promise<void> {
  const staging = `${placement.clusterFolder}.new-${process.pid}`;
  const passwordFile = `${staging}.password`;
  try {
    mkdirSync(staging, { mode: 0o700 });
    writeFileSync(passwordFile, options.password, { mode: 0o600 });
    for (const path of [staging, passwordFile]) giveTo(placement.account, path);
    await initialise({ ...placement, staging, passwordFile, durable: options.durable });
    moveIntoPlace(placement, staging);
  } catch (error) {
    removeOwnFolder(placement);
    // Another process that started at the same time was faster; its cluster is as good.
    if (!clusterExists(placement)) throw error;
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(staging, { recursive: true, force: true });
  }
}

function giveTo(account: Account | undefined, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}

async function initialise(
  cluster: Placement & { staging: string; passwordFile: string; durable: boolean },
): Promise<void> {
  const flags = [
    `--pgdata=${cluster.staging}`,
    `--username=${superuser}`,
    `--pwfile=${cluster.passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // Sorts by code point and knows the case of all letters, the same on every machine.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(cluster.durable ? [] : ["--no-sync"]),
  ];
  try {
    await run(join(cluster.binFolder, "initdb"), flags, programOptions(cluster));
  } catch (error) {
    throw new BootError(
      `PostgreSQL could not be set up in ${cluster.clusterFolder}: ${reasonOf(error)}`,
    );
  }
}

function moveIntoPlace({ clusterFolder, link }: Placement, staging: string): void {
  renameSync(staging, clusterFolder);
  if (clusterFolder !== link) symlinkSync(clusterFolder, link);
}

/** The folder outside that was made for a cluster which is not going to be. */
function removeOwnFolder({ clusterFolder, link }: Placement): void {
  if (clusterFolder !== link) rmSync(dirname(clusterFolder), { recursive: true, force: true });
}

/** The last line that initdb wrote; how it was called would show where the password file is. */
function reasonOf(error: unknown): string {
  const { stderr, code } = error as { stderr?: string; code?: string | number };
  return stderr?.trim().split("\n").at(-1) ?? `initdb failed (${code})`;
}
