import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";

/** The channel on which `note_change()` of the migrations speaks. */
const CHANNEL = "custodia_change";
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** How a node hears of changes. */
export interface ChangeFeedOptions {
  /** The primary: a replica knows of a change too late. */
  readonly url: string;
  /** False behind a pooler that shares connections, through which nothing is heard. */
  readonly listens: boolean;
  /** Milliseconds between two questions whether anything changed. */
  readonly pollMs: number;
  /** Milliseconds after which what was known counts as unknown. */
  readonly limitMs: number;
  /** Milliseconds that one question, or a wait for one, may take. */
  readonly timeoutMs: number;
  readonly logger: Logger;
}

/** Hears that a watched table changed, or, for null, that any of them may have. */
export type ChangeListener = (table: string | null) => void;

/**
 * Tells of changes that other nodes, commands or people at the database have committed. One
 * connection of its own both listens and asks: what is said is heard within milliseconds, and what
 * got lost on the way is found by the count, at the next question at the latest.
 */
export class ChangeFeed {
  readonly #options: ChangeFeedOptions;
  readonly #listeners = new Set<ChangeListener>();
  /** Changes counted so far; null until asked. */
  #count: number | null = null;
  /** When the last answered question was sent, by the clock of the process. */
  #knownAt = Number.NEGATIVE_INFINITY;
  #answered = Promise.withResolvers<void>();
  #isHurried = false;
  #isClosed = false;
  /** Ends the wait for the next question, and any wait at all. */
  #hurry: () => void = () => undefined;
  #wake: () => void = () => undefined;
  #running: Promise<void> | null = null;

  constructor(options: ChangeFeedOptions) {
    this.#options = options;
  }

  /** Calls the listener at every change from now on. */
  onChange(listener: ChangeListener): void {
    this.#listeners.add(listener);
  }

  /** Begins, and waits until the database has answered once or the time for it is over. */
  async start(): Promise<void> {
    this.#running = this.#run();
    await this.isCurrent();
  }

  /**
   * Whether every change is known that is older than the limit. Where the last answer is older, as
   * after a moment in which the process was busy, it asks again and waits for that.
   */
  async isCurrent(): Promise<boolean> {
    const { limitMs, timeoutMs } = this.#options;
    const asked = performance.now();
    if (asked - this.#knownAt <= limitMs) return true;
    const tooLate = new AbortController();
    const late = pause(timeoutMs, null, { signal: tooLate.signal }).catch(() => null);
    let isLate = false;
    void late.then(() => (isLate = true));
    while (this.#knownAt < asked && !isLate && !this.#isClosed) {
      this.#isHurried = true;
      this.#hurry();
      await Promise.race([this.#answered.promise, late]);
    }
    tooLate.abort();
    return this.#knownAt >= asked;
  }

  /** Ends the connection; what is waited for counts as not answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wake();
    this.#answered.resolve();
    await this.#running;
  }

  /** Connects, listens and asks, again and again, until it is closed. */
  async #run(): Promise<void> {
    let wait = FIRST_PAUSE_MS;
    while (!this.#isClosed) {
      const connection = this.#newConnection();
      try {
        await this.#begin(connection.client);
        wait = FIRST_PAUSE_MS;
        await this.#askUntilLost(connection);
      } catch {
        this.#options.logger.warn({ retryInMs: wait }, "the change feed lost the database");
      }
      // Not waited for: on a connection that hangs, its end does not arrive either.
      void connection.client.end().catch(() => undefined);
      await this.#rest(wait);
      wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
    }
  }

  #newConnection(): Connection {
    const { url, timeoutMs } = this.#options;
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: timeoutMs,
      application_name: "custodia changes",
      keepAlive: true,
    });
    const connection: Connection = { client, isLost: false };
    const lose = (): void => {
      connection.isLost = true;
      this.#wake();
    };
    client.on("error", lose).on("end", lose);
    client.on("notification", ({ payload = "" }) => this.#hear(payload));
    return connection;
  }

  async #begin(client: pg.Client): Promise<void> {
    await this.#withinTime(client.connect());
    if (this.#options.listens) await this.#withinTime(client.query(`LISTEN ${CHANNEL}`));
    const isFirst = this.#count === null;
    await this.#ask(client);
    // Nobody knows what was said while nobody listened.
    if (!isFirst) this.#tell(null);
  }

  async #askUntilLost(connection: Connection): Promise<void> {
    for (;;) {
      const resting = this.#rest(this.#options.pollMs);
      // Only here: many who are in a hurry don't bring a lost database back sooner.
      this.#hurry = this.#wake;
      if (this.#isHurried || connection.isLost) this.#wake();
      await resting;
      if (this.#isClosed) return;
      this.#isHurried = false;
      await this.#ask(connection.client);
    }
  }

  async #ask(client: pg.Client): Promise<void> {
    const [sentAt, before] = [performance.now(), this.#count];
    const asked = client.query<{ changes: string }>("SELECT changes FROM change_count");
    const { rows } = await this.#withinTime(asked);
    const count = Number(rows[0]?.changes);
    if (Number.isNaN(count)) throw new Error("the database does not count changes");
    // Fewer than before the question: another server took over, or a backup was restored.
    const isBehind = before !== null && count < before;
    const isAhead = before !== null && count > (this.#count ?? count);
    this.#count = isBehind ? count : Math.max(count, this.#count ?? count);
    if (isBehind || isAhead) this.#tell(null);
    this.#knownAt = sentAt;
    this.#answered.resolve();
    this.#answered = Promise.withResolvers<void>();
  }

  /** `principal 42`: the table, and the count with this change. */
  #hear(payload: string): void {
    const [table = "", counted] = payload.split(" ");
    const count = Number(counted);
    const isNext = this.#count !== null && count <= this.#count + 1;
    this.#count = Math.max(count, this.#count ?? count);
    this.#tell(isNext ? table : null);
  }

  #tell(table: string | null): void {
    for (const listener of this.#listeners) listener(table);
  }

  /** Waits, but no longer than until something wakes it. */
  async #rest(milliseconds: number): Promise<void> {
    if (this.#isClosed) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    this.#wake = resolve;
    await promise;
    this.#wake = this.#hurry = () => undefined;
    clearTimeout(timer);
  }

  async #withinTime<T>(work: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const tooLate = (): void => late.reject(new Error("no answer in time"));
    const timer = setTimeout(tooLate, this.#options.timeoutMs);
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}

interface Connection {
  readonly client: pg.Client;
  isLost: boolean;
}
