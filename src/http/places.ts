/** For so long a request keeps its place while its body is on the way and others want the place. */
const SENDING_MS = 250;

/** Why there is no place: all are taken, or too many of those who have one are late. */
export type NoPlace = "in_flight" | "late";

/**
 * The places of requests that a process works on. Nobody waits for one: what finds none is refused, so
 * that those who have one are answered in a time that is known. It is bounded twice, in number and,
 * because requests differ in what they cost, by how many of them have been there for long.
 *
 * Whoever sends a body slowly costs nothing but a place, and many of them would shut everybody out: a
 * place whose holder has been sending for a while goes to the next who wants one.
 *
 * Times are milliseconds of a clock that only goes forward.
 */
export class Places<Holder extends object> {
  readonly #bounds: PlaceBounds;
  /** Since when places are taken, the longest first. */
  readonly #held = new Map<Holder, number>();
  /** Since when holders have been sending their bodies, the longest first. */
  readonly #sending = new Map<Holder, number>();

  constructor(bounds: PlaceBounds) {
    this.#bounds = bounds;
  }

  /** How many places are taken. */
  get taken(): number {
    return this.#held.size;
  }

  /** Takes a place, or tells why there is none. */
  take(holder: Holder, now: number): NoPlace | null {
    if (this.#tooManyAreLate(now)) return "late";
    if (this.#held.size >= this.#bounds.most && !this.#takeFromSlowest(now)) return "in_flight";
    this.#held.set(holder, now);
    return null;
  }

  /** The body of a holder is on its way from now on. */
  beginSending(holder: Holder, now: number): void {
    if (this.#held.has(holder)) this.#sending.set(holder, now);
  }

  /** The body has arrived: null if its place is kept, or another one was free. */
  endSending(holder: Holder, now: number): NoPlace | null {
    this.#sending.delete(holder);
    return this.#held.has(holder) ? null : this.take(holder, now);
  }

  /** Gives the place back; may be called of any holder, and again. */
  release(holder: Holder): void {
    this.#sending.delete(holder);
    this.#held.delete(holder);
  }

  #tooManyAreLate(now: number): boolean {
    const { mostLate, lateAfterMs } = this.#bounds;
    let late = 0;
    for (const [holder, since] of this.#held) {
      if (now - since <= lateAfterMs) return false;
      if (!this.#sending.has(holder)) late += 1;
      if (late >= mostLate) return true;
    }
    return false;
  }

  #takeFromSlowest(now: number): boolean {
    const [slowest] = this.#sending;
    if (slowest === undefined || now - slowest[1] <= SENDING_MS) return false;
    this.release(slowest[0]);
    return true;
  }
}

/** How many places there are, and how many of their holders may be late before nobody else gets one. */
export interface PlaceBounds {
  readonly most: number;
  readonly mostLate: number;
  readonly lateAfterMs: number;
}
