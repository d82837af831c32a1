import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { AuditMetrics, PublishingKind } from "./audit-metrics.ts";
import type { SignedHead } from "./log-proofs.ts";

/** Somebody who is handed checkpoints. */
export interface PublishingTarget {
  /** Tells it from others; may stand in logs. */
  readonly name: string;
  readonly kind: PublishingKind;
  /** The newest checkpoint, in the form in which it is handed on; null while there is none. */
  newest(): Promise<SignedHead | null>;
  /** Hands it on. Whatever it throws, the next try follows. */
  deliver(head: SignedHead): Promise<void>;
}

/** Remembers up to where each target was told, for all nodes. */
export interface Publications {
  /** Tree size that was told last; 0 where none was. */
  lastOf(target: string): Promise<number>;
  record(target: string, treeSize: number): Promise<void>;
}

/** What a publisher works with. */
export interface PublisherOptions {
  readonly targets: readonly PublishingTarget[];
  readonly publications: Publications;
  /** Only the node that seals publishes. */
  readonly isActive: () => boolean;
  readonly metrics: AuditMetrics;
  readonly logger: Pick<Logger, "warn">;
  /** Milliseconds between two looks at what is newest. */
  readonly everyMs?: number;
}

const EVERY_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Hands the newest checkpoint to all who keep one, to each by itself: who is slow or away holds up
 * neither the others nor the sealer, and gets the newest one when it is back.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #stopping = new AbortController();
  /** Notes that were handed on by this process: one that got cosignatures since is newer. */
  readonly #delivered = new Map<string, string>();
  #running: Promise<unknown> | null = null;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Begins to work by itself. */
  start(): void {
    this.#running ??= Promise.all(this.#options.targets.map((target) => this.#run(target)));
  }

  /** Ends; what is under way is finished, which takes some seconds at most. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Hands on what is new, once. @returns the targets that failed */
  async tick(): Promise<string[]> {
    const { targets } = this.#options;
    const done = await Promise.all(targets.map((target) => this.#publish(target)));
    return targets.filter((_, at) => done[at] === false).map(({ name }) => name);
  }

  async #run(target: PublishingTarget): Promise<void> {
    const { everyMs = EVERY_MS, isActive } = this.#options;
    const { signal } = this.#stopping;
    let wait = everyMs;
    while (!signal.aborted) {
      const isDone = !isActive() || (await this.#publish(target));
      wait = isDone ? everyMs : Math.min(wait * 2, LONGEST_PAUSE_MS);
      await pause(wait, null, { signal, ref: false }).catch(() => null);
    }
  }

  async #publish(target: PublishingTarget): Promise<boolean> {
    const { publications, metrics, logger } = this.#options;
    const { name, kind } = target;
    try {
      const head = await target.newest();
      if (head === null || this.#delivered.get(name) === head.note) return true;
      await target.deliver(head);
      this.#delivered.set(name, head.note);
      await publications.record(name, head.treeSize);
      metrics.published(kind, head.treeSize);
      return true;
    } catch (error) {
      metrics.publishingFailed(kind);
      const fault = error instanceof Error ? error.name : "unknown";
      logger.warn({ target: name, error: fault }, "a checkpoint could not be handed on");
      return false;
    }
  }
}
