import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../src/lib/package-root.ts";

/** The built server as a process of its own. */
export interface ServerProcess {
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly pid: number;
  /** Everything that it has printed. */
  said(): string;
  /** Resolves when it ends: its code, or null where a signal ended it. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
  /** Ends it as a failure of the machine would (SIGKILL): nothing in it hears of that. */
  kill(): Promise<void>;
}

/** Builds what is out of date; a few milliseconds where nothing is. */
export async function buildProgram(): Promise<void> {
  const bootstrap = join(packageRoot(), "scripts", "bootstrap.mjs");
  await promisify(execFile)(process.execPath, [bootstrap, "build"], { cwd: packageRoot() });
}

/** Starts a server and waits until it serves. */
export async function startServerProcess(
  settings: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const program = join(packageRoot(), "dist", "src", "cli.js");
  const child = spawn(process.execPath, [program, "serve"], {
    env: { PORT: "0", LOG_LEVEL: "silent", RATE_LIMIT_PER_MINUTE: "1000000", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => void (said += chunk.toString()));
  const ended = once(child, "exit").then(([code]) => code as number | null);
  return {
    url: await addressOf(child),
    pid: child.pid ?? 0,
    said: () => said,
    ended,
    stop: () => end(child, "SIGTERM"),
    kill: () => end(child, "SIGKILL"),
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const address = /serves (http:\S+)\/graphql/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
  }
  child.once("exit", () => reject(new Error(`The server ended: ${said}`)));
  return promise;
}

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, "exit");
}
