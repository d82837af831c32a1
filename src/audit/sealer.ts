import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import type { AuditMetrics } from "./audit-metrics.ts";
import { isDamage } from "./log-integrity.ts";
import { NoteSigners, type OpenLogKey } from "./note-signers.ts";
import { sealBatch, type SealedBatch } from "./seal-batch.ts";
import { RecordsRefusedError, type SealedLog, type SealingLease } from "./sealed-log.ts";
import type { TreeHead } from "./tree/append.ts";

/** What one tick did. */
export interface SealerTick {
  /** False on a node that leaves sealing to another. */
  readonly isLeader: boolean;
  /** Records that were sealed. */
  readonly records: number;
  /** True where more may wait. */
  readonly hasMore: boolean;
}

/** What a sealer works with. */
export interface SealerOptions {
  readonly log: SealedLog;
  readonly lease: SealingLease;
  readonly openKey: OpenLogKey;
  /** Reads a checkpoint that is kept outside of the database, such as a published one; null for none. */
  readonly recall?: () => Promise<string | null>;
  readonly metrics: AuditMetrics;
  readonly logger: Pick<Logger, "error" | "warn" | "info">;
  /** Milliseconds between two looks while it leads. */
  readonly everyMs?: number;
  /** Milliseconds between two tries to lead while another does. */
  readonly waitMs?: number;
  /** Records of one transaction. */
  readonly mostRecords?: number;
}

/** A record is sealed and signed within a second; a longer rest makes fewer and larger sealings. */
const EVERY_MS = 400;
const WAIT_MS = 1_000;
const MOST_RECORDS = 2_000;
const IDLE: SealerTick = { isLeader: false, records: 0, hasMore: false };

/**
 * Gives durable records their place in the tree, one transaction after the other. Any number of nodes
 * may run one: a lease says which of them works, and the locked head that no two append at once. What
 * contradicts what was signed stops it for good: from then on nothing is signed by this process.
 */
export class Sealer {
  readonly #options: SealerOptions;
  readonly #signers: NoteSigners;
  #seen: TreeHead | null = null;
  #isLeader = false;
  #halted: string | null = null;
  /** Records of the next transaction: fewer after a failure, so that what fails stands alone at last. */
  #most: number;
  /** Whether columns are read out of the texts: after a failure, whatever the records came with. */
  #isReading = false;
  #isBare = false;
  #stopping = new AbortController();
  #running: Promise<void> | null = null;

  constructor(options: SealerOptions) {
    this.#options = options;
    this.#signers = new NoteSigners(options.openKey);
    this.#most = options.mostRecords ?? MOST_RECORDS;
  }

  /** Why it seals no more, or null. */
  get halted(): string | null {
    return this.#halted;
  }

  /** Whether this node seals. */
  get isLeader(): boolean {
    return this.#isLeader;
  }

  /** Begins to work by itself. */
  start(): void {
    this.#running ??= this.#run(this.#stopping.signal);
  }

  /** Finishes the transaction that is under way, and lets another node lead. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#running = null;
    this.#stopping = new AbortController();
    if (this.#isLeader) await this.#options.lease.release().catch(() => undefined);
    this.#setLeader(false);
  }

  /**
   * Seals one batch where this node leads and records wait. Failures are counted and logged, and the
   * next tick tries again.
   */
  async tick(): Promise<SealerTick> {
    if (this.#halted !== null) return IDLE;
    const { log, lease, logger, metrics } = this.#options;
    try {
      this.#setLeader(await lease.take());
      if (!this.#isLeader) return IDLE;
      if (!(await log.hasWaiting())) return { isLeader: true, records: 0, hasMore: false };
      const most = this.#most;
      const { records } = await this.#seal(most);
      return { isLeader: true, records, hasMore: records === most };
    } catch (error) {
      if (isDamage(error)) return this.#halt(error);
      metrics.sealingFailed();
      if (error instanceof RecordsRefusedError) return this.#divide();
      logger.warn({ error: nameOf(error) }, "sealing failed; the next try follows");
      // As if another led: the next try is not at once.
      return IDLE;
    }
  }

  /** Who keeps checkpoints never stops the sealer by being away. */
  async #recall(): Promise<string | null> {
    try {
      return (await this.#options.recall?.()) ?? null;
    } catch (error) {
      this.#options.logger.warn({ error: nameOf(error) }, "what was published can't be read");
      return null;
    }
  }

  async #seal(most: number): Promise<SealedBatch> {
    const { log, metrics, logger } = this.#options;
    const begun = performance.now();
    // What another node signed meanwhile is compared with what this one knows; at first with what others keep.
    const recalled = this.#seen === null ? await this.#recall() : null;
    const batch = await log.withHead((transaction) =>
      sealBatch({
        transaction,
        signers: this.#signers,
        seen: this.#seen,
        recalled,
        most,
        isReading: this.#isReading,
        isBare: this.#isBare,
      }),
    );
    this.#seen = batch.head;
    this.#isBare = false;
    const wanted = this.#options.mostRecords ?? MOST_RECORDS;
    if (this.#most === wanted) this.#isReading = false;
    this.#most = Math.min(this.#most * 2, wanted);
    const { records, unreadable, head, sealedAt: at } = batch;
    const seconds = (performance.now() - begun) / 1_000;
    if (records > 0) metrics.sealed({ records, seconds, treeSize: head.size, at });
    if (unreadable.length > 0) {
      metrics.unreadable(unreadable.length);
      logger.error({ records: unreadable }, "records were sealed whose text can't be read");
    }
    return batch;
  }

  /**
   * What can't be stored is read anew, then found by halves; at last it is sealed without columns to
   * search it by.
   */
  #divide(): SealerTick {
    if (!this.#isReading) {
      this.#isReading = true;
      return { isLeader: true, records: 0, hasMore: true };
    }
    const hasMore = !this.#isBare;
    this.#isBare ||= this.#most === 1;
    this.#most = Math.max(1, Math.floor(this.#most / 2));
    return { isLeader: true, records: 0, hasMore };
  }

  async #halt(error: Error): Promise<SealerTick> {
    this.#halted = error.message;
    const { metrics, logger, lease } = this.#options;
    metrics.setHalted(true);
    logger.error({ fault: error.message }, "the decision log is damaged: nothing more is sealed");
    await lease.release().catch(() => undefined);
    this.#setLeader(false);
    return IDLE;
  }

  #setLeader(isLeader: boolean): void {
    if (isLeader !== this.#isLeader)
      this.#options.logger.info({ isLeader }, "the sealer of the decision log changed");
    this.#isLeader = isLeader;
    this.#options.metrics.setLeader(isLeader);
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { everyMs = EVERY_MS, waitMs = WAIT_MS } = this.#options;
    while (!signal.aborted && this.#halted === null) {
      const { isLeader, hasMore } = await this.tick();
      const restMs = isLeader ? everyMs : waitMs;
      if (!hasMore) await pause(restMs, null, { signal, ref: false }).catch(() => null);
    }
  }
}

/** Messages of the driver may hold values; a name holds none. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
