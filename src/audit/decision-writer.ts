import { setTimeout as pause } from "node:timers/promises";
import type { CallerState } from "./caller-state.ts";
import type { AskedColumns, CoveredColumns, DecidedColumns } from "./decision-columns.ts";

/**
 * What a record is searched by, part by part. Records that share a part share the object, so whoever
 * writes them can know it again.
 */
export interface PendingColumns {
  readonly asked: AskedColumns;
  readonly decided: DecidedColumns;
  readonly covered: CoveredColumns;
}

/** One record on its way to the database. */
export interface PendingRecord {
  /** UUIDv7. */
  readonly id: string;
  /** Canonical text. */
  readonly body: string;
  /** Read out of the record; absent or null where whoever seals it has to read them out of the text. */
  readonly columns?: PendingColumns | null;
}

/** Makes records durable: all of them, with the states of callers that they name, or none. */
export interface DecisionSink {
  /**
   * @param isRepeated true where the same records may have been committed by a try whose end nobody heard
   */
  write(batch: {
    records: readonly PendingRecord[];
    callers: readonly CallerState[];
    isRepeated: boolean;
  }): Promise<void>;
}

/** What is told of the writer, for metrics. */
export interface WriterObserver {
  /** A batch was committed: how many records, and how long it took in seconds. */
  committed(batch: { records: number; seconds: number }): void;
  /** A batch failed. */
  failed(): void;
}

/** How much the writer keeps and how long it tries. */
export interface WriterLimits {
  /** Characters of records that nobody waits for, kept while the database can't be reached. */
  readonly mostBacklog: number;
  /** Milliseconds for which records that nobody waits for are collected, so that fewer commits carry them. */
  readonly lingerMs: number;
}

/** Thrown where records could not be made durable; the cause stays inside. */
export class LogUnavailableError extends Error {
  override readonly name = "LogUnavailableError";
}

interface Batch {
  readonly records: PendingRecord[];
  readonly callers: Map<string, CallerState>;
  isAwaited: boolean;
  size: number;
  readonly written: PromiseWithResolvers<void>;
}

const RETRY_MS = 100;
/** Characters of one batch; beyond it the next one begins. */
const MOST_IN_BATCH = 4_000_000;

/**
 * Commits the records of all requests of a process in groups: while one group is being committed the
 * next one gathers, so that the cost of a commit is shared by all who wait for it and none waits for more
 * than two. Nothing is ordered and nothing is chained here; that is the sealer's work.
 */
export class DecisionWriter {
  readonly #sink: DecisionSink;
  readonly #limits: WriterLimits;
  readonly #observer: WriterObserver;
  #gathering: Batch = newBatch();
  /** Records that nobody waits for and that failed: they are tried again. */
  #left: Batch | null = null;
  /** Characters of the batch that is being committed. */
  #underway = 0;
  #isRunning = false;
  #idle = Promise.withResolvers<void>();
  #hurry: () => void = () => undefined;
  #isClosing = false;

  constructor(parts: { sink: DecisionSink; limits: WriterLimits; observer: WriterObserver }) {
    this.#sink = parts.sink;
    this.#limits = parts.limits;
    this.#observer = parts.observer;
  }

  /** Characters that are not durable yet. */
  get backlog(): number {
    return this.#gathering.size + this.#underway + (this.#left?.size ?? 0);
  }

  /** False once so much waits for the database that no more may be decided. */
  get isAccepting(): boolean {
    return this.backlog <= this.#limits.mostBacklog;
  }

  /**
   * Takes the records of one answer. What is awaited is committed at once; everything else soon.
   *
   * @returns a promise that resolves once they are durable
   * @throws LogUnavailableError through that promise
   */
  append(entry: {
    records: readonly PendingRecord[];
    caller: CallerState;
    isAwaited: boolean;
  }): Promise<void> {
    if (entry.records.length === 0) return Promise.resolve();
    const batch = this.#gathering;
    for (const record of entry.records) {
      batch.records.push(record);
      batch.size += record.body.length;
    }
    batch.callers.set(entry.caller.digest, entry.caller);
    if (entry.isAwaited) {
      batch.isAwaited = true;
      this.#hurry();
    }
    if (!this.#isRunning) void this.#run();
    return batch.written.promise;
  }

  /** Commits what is left and ends. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#hurry();
    if (this.#isRunning) await this.#idle.promise;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#idle = Promise.withResolvers<void>();
    while (this.#left !== null || this.#gathering.records.length > 0) {
      if (!this.#gathering.isAwaited && !this.#isClosing && this.#gathering.size < MOST_IN_BATCH)
        await this.#linger();
      const isDone = await this.#writeOnce();
      if (!isDone && this.#isClosing) break;
      if (!isDone) await this.#linger(RETRY_MS);
    }
    this.#isRunning = false;
    this.#idle.resolve();
  }

  async #writeOnce(): Promise<boolean> {
    const left = this.#left;
    if (left !== null) {
      if (!(await this.#commit(left, true))) {
        // Whoever waits is told now: nothing is promised that can't be kept.
        this.#refuseWaiting();
        return false;
      }
      this.#left = null;
    }
    const batch = this.#gathering;
    if (batch.records.length === 0) return true;
    this.#gathering = newBatch();
    this.#underway = batch.size;
    const isDone = await this.#commit(batch, false);
    this.#underway = 0;
    if (!isDone) this.#keepForLater(batch);
    return isDone;
  }

  #refuseWaiting(): void {
    if (!this.#gathering.isAwaited) return;
    const batch = this.#gathering;
    this.#gathering = newBatch();
    this.#keepForLater(batch);
  }

  async #commit({ records, callers, written }: Batch, isRepeated: boolean): Promise<boolean> {
    const began = performance.now();
    try {
      await this.#sink.write({ records, callers: [...callers.values()], isRepeated });
    } catch {
      this.#observer.failed();
      return false;
    }
    this.#underway = 0;
    this.#observer.committed({
      records: records.length,
      seconds: (performance.now() - began) / 1_000,
    });
    written.resolve();
    return true;
  }

  /** Answers that waited are refused, but what was decided stays to be written: it may be durable already. */
  #keepForLater(batch: Batch): void {
    batch.written.reject(new LogUnavailableError("the decision log can't be written"));
    const left = this.#left;
    if (left === null) {
      this.#left = { ...batch, written: handled() };
      return;
    }
    left.records.push(...batch.records);
    for (const [digest, state] of batch.callers) left.callers.set(digest, state);
    left.size += batch.size;
  }

  async #linger(milliseconds = this.#limits.lingerMs): Promise<void> {
    const early = new AbortController();
    this.#hurry = () => early.abort();
    if (!this.#isClosing)
      await pause(milliseconds, null, { signal: early.signal }).catch(() => null);
    this.#hurry = () => undefined;
  }
}

function newBatch(): Batch {
  return { records: [], callers: new Map(), isAwaited: false, size: 0, written: handled() };
}

/** Nobody may wait for a batch: its failure is not unheard of for that. */
function handled(): PromiseWithResolvers<void> {
  const written = Promise.withResolvers<void>();
  written.promise.catch(() => undefined);
  return written;
}
