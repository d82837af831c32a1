import { type ChildProcess, execFile, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Placement } from "./placement.ts";
import { readPostmasterFile } from "./postmaster-file.ts";
import { programOptions } from "./program-options.ts";

const pollMs = 10;
const fastShutdownMs = 10_000;
const immediateShutdownMs = 5_000;

/**
 * Becomes the server (`exec`), and leaves a shell behind that waits on a pipe from us: a line means that
 * the server has ended, the pipe's end means that we have died, however that was, and stops the server.
 * The shell has no parent, since the server would take it for a child of its own.
 */
const serverOnLeash = '((read -r _ <&3 || kill -INT $$) &) ; exec "$@" 3<&-';

/** A server process of ours. */
export interface Postmaster {
  /** Resolves to false when the server ends before it accepts connections. */
  readonly ready: () => Promise<boolean>;
  /** Resolves when the server has ended; ending it takes a moment, or seconds under load. */
  readonly stop: () => Promise<void>;
}

/** Starts the server as a process of its own session, which the signals of a terminal do not reach. */
export function startPostmaster(
  placement: Placement,
  options: { port: number; settings: readonly string[]; log: number },
): Postmaster {
  const flags = ["-D", placement.clusterFolder, "-p", String(options.port)];
  const settings = options.settings.flatMap((setting) => ["-c", setting]);
  const server = [join(placement.binFolder, "postgres"), ...flags, ...settings];
  const [command, ...rest] =
    process.platform === "win32" ? server : ["/bin/sh", "-c", serverOnLeash, "sh", ...server];
  const child = spawn(command ?? "", rest, {
    ...programOptions(placement),
    detached: true,
    stdio: ["ignore", options.log, options.log, "pipe"],
  });
  const leash = child.stdio[3] as Socket;
  const ended = new Promise<unknown>((resolve) =>
    child.once("exit", resolve).once("error", resolve),
  );
  leash.on("error", () => undefined);
  void ended.then(() => leash.end("ended\n"));
  // Neither may keep a program alive that has nothing else to do.
  child.unref();
  leash.unref();
  return {
    ready: () => whenReady(child, placement.clusterFolder),
    stop: () => stopServer({ child, placement, ended }),
  };
}

async function whenReady(child: ChildProcess, clusterFolder: string): Promise<boolean> {
  while (isRunning(child)) {
    const file = readPostmasterFile(clusterFolder);
    if (file?.status === "ready" && (file.pid === child.pid || process.platform === "win32"))
      return true;
    await sleep(pollMs);
  }
  return false;
}

async function stopServer(running: {
  child: ChildProcess;
  placement: Placement;
  ended: Promise<unknown>;
}): Promise<void> {
  const { child, placement, ended } = running;
  child.ref();
  for (const [signal, waitMs] of [
    ["SIGINT", fastShutdownMs],
    ["SIGQUIT", immediateShutdownMs],
  ] as const) {
    if (!isRunning(child)) break;
    interrupt(child, { signal, placement });
    await Promise.race([ended, sleep(waitMs, undefined, { ref: false })]);
  }
  if (isRunning(child)) child.kill("SIGKILL");
  await ended;
}

/** Windows has no signals; `pg_ctl` reaches the server another way there. */
function interrupt(
  child: ChildProcess,
  how: { signal: NodeJS.Signals; placement: Placement },
): void {
  if (process.platform !== "win32") {
    child.kill(how.signal);
    return;
  }
  const mode = how.signal === "SIGINT" ? "fast" : "immediate";
  const { binFolder, clusterFolder } = how.placement;
  execFile(join(binFolder, "pg_ctl"), ["stop", "-D", clusterFolder, "-m", mode, "--no-wait"]);
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}
