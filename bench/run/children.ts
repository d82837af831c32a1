import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A server that runs as a process of its own. */
export interface Server {
  /** `http://127.0.0.1:port`. */
  readonly address: string;
  readonly pid: number;
  /** From the start of the process to the line with its address, in milliseconds. */
  readonly startedInMs: number;
  /** What its process has used so far; null where it has no probe any more. */
  probe(): Promise<Usage>;
  stop(): Promise<void>;
}

/** What a process has used since it began. */
export interface Usage {
  /** Of user and system, in microseconds. */
  readonly cpuUs: number;
  /** Bytes that the heap of JavaScript was asked for. */
  readonly allocatedBytes: number;
  /** Resident memory, in bytes. */
  readonly rssBytes: number;
  /** Heap in use, in bytes. */
  readonly heapBytes: number;
}

const PROBE = join(import.meta.dirname, "probe.mjs");
const running = new Set<ChildProcess>();

/** Starts a program that prints its address once it listens. */
export async function startServer(
  words: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Server> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ["--import", PROBE, ...words], {
    env,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  const address = await addressOf(child);
  return {
    address,
    pid: child.pid ?? 0,
    startedInMs: performance.now() - startedAt,
    probe: () => ask(child),
    stop: () => end(child),
  };
}

/** Ends what is still running, newest first. */
export async function stopServers(): Promise<void> {
  for (const child of [...running].reverse()) await end(child);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(timer);
}

/** The first address that a server prints. */
export async function addressOf(child: ChildProcess): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    said.push(line);
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address === undefined) continue;
    child.stdout?.resume();
    return address;
  }
  throw new Error(`A server ended before it listened: ${said.join(" ")}`);
}

function ask(child: ChildProcess): Promise<Usage> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("A probe did not answer.")), 20_000);
    child.once("message", (usage) => {
      clearTimeout(timer);
      resolve(usage as Usage);
    });
    child.send("usage");
  });
}
