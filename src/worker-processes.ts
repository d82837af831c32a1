import cluster, { type Worker } from "node:cluster";
import { BootError } from "./lib/boot-error.ts";

/** What a worker tells its primary process once it serves. */
export interface Serving {
  readonly serving: {
    /** Such as `http://127.0.0.1:4000`. */
    readonly address: string;
    readonly policyVersion: string;
    readonly hasDemoCallers: boolean;
  };
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Whoever has served for so long was sound, and its end is no reason to wait for the next. */
const SOUND_AFTER_MS = 60_000;
/** Beyond the grace of the workers themselves, before they are ended without being asked. */
const PATIENCE_MS = 5_000;

/**
 * Processes that serve on one port. One that ends is followed by another: at once if it has served for a
 * while, and after ever longer pauses if it has not.
 */
export class WorkerProcesses {
  readonly #count: number;
  readonly #env: Readonly<Record<string, string>>;
  readonly #onEnd: (ended: WorkerEnd) => void;
  readonly #pauses = new Set<NodeJS.Timeout>();
  readonly #first = Promise.withResolvers<Serving["serving"]>();
  #serving = 0;
  #hasBegun = false;
  #isStopping = false;

  constructor(of: {
    count: number;
    /** What workers have in their environment beside ours. */
    env: Readonly<Record<string, string>>;
    /** Hears of workers that end while nobody told them to. */
    onEnd: (ended: WorkerEnd) => void;
  }) {
    this.#count = of.count;
    this.#env = of.env;
    this.#onEnd = of.onEnd;
  }

  /**
   * Starts all of them, and waits until all serve.
   *
   * @throws BootError when one ends before: it has said why by itself, and another would do the same
   */
  start(): Promise<Serving["serving"]> {
    // Counts that are not known travel as what they are, and not as JSON's null.
    cluster.setupPrimary({ serialization: "advanced" });
    for (let number = 0; number < this.#count; number += 1) this.#startOne(FIRST_PAUSE_MS);
    return this.#first.promise;
  }

  /** Lets all finish what they have taken on, and ends what is left after `graceMs` and a little more. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    for (const pause of this.#pauses) clearTimeout(pause);
    const workers = Object.values(cluster.workers ?? {}).flatMap((worker) =>
      worker === undefined || worker.isDead() ? [] : [worker],
    );
    const ended = workers.map(
      (worker) => new Promise((resolve) => void worker.once("exit", resolve)),
    );
    for (const { process } of workers) process.kill("SIGTERM");
    const timer = setTimeout(() => {
      for (const { process } of workers) process.kill("SIGKILL");
    }, graceMs + PATIENCE_MS);
    await Promise.all(ended);
    clearTimeout(timer);
  }

  #startOne(pauseMs: number): void {
    const worker = cluster.fork(this.#env);
    let servesSince: number | null = null;
    worker.on("message", (message: unknown) => {
      if (!isServing(message)) return;
      servesSince = performance.now();
      this.#serving += 1;
      if (this.#serving < this.#count || this.#hasBegun) return;
      this.#hasBegun = true;
      this.#first.resolve(message.serving);
    });
    worker.once("exit", (code: number | null, signal: string | null) => {
      if (servesSince !== null) this.#serving -= 1;
      if (this.#isStopping) return;
      if (!this.#hasBegun) return this.#first.reject(new BootError("A process could not serve."));
      const isSound = servesSince !== null && performance.now() - servesSince >= SOUND_AFTER_MS;
      this.#startLater({ worker, code, signal, pauseMs: isSound ? FIRST_PAUSE_MS : pauseMs });
    });
  }

  #startLater(ended: WorkerEnd): void {
    this.#onEnd(ended);
    const next = Math.min(ended.pauseMs * 2, LONGEST_PAUSE_MS);
    const pause = setTimeout(() => {
      this.#pauses.delete(pause);
      this.#startOne(next);
    }, ended.pauseMs);
    this.#pauses.add(pause);
  }
}

/** How a worker ended, and when the next follows. */
export interface WorkerEnd {
  readonly worker: Worker;
  readonly code: number | null;
  readonly signal: string | null;
  /** Milliseconds until another is started. */
  readonly pauseMs: number;
}

function isServing(message: unknown): message is Serving {
  return typeof message === "object" && message !== null && "serving" in message;
}
