/** For so long a request keeps its place while its body is on the way and others want the place. */
const SENDING_MS = 250;

/**
 * The places of requests that a process works on. Nobody waits for one: what finds none is refused, so
 * that those who have one are answered in a time that is known.
 *
 * Whoever sends a body slowly costs nothing but a place, and many of them would shut everybody out: a
 * place whose holder has been sending for a while goes to the next who wants one.
 */
export class Places<Holder extends object> {
  readonly #most: number;
  readonly #held = new Set<Holder>();
  /** Since when holders have been sending their bodies, the first of them first; in milliseconds. */
  readonly #sending = new Map<Holder, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** How many places are taken. */
  get taken(): number {
    return this.#held.size;
  }

  /** Takes a place; false when there is none. `now` is a clock in milliseconds that only goes forward. */
  take(holder: Holder, now: number): boolean {
    if (this.#held.size >= this.#most && !this.#takeFromSlowest(now)) return false;
    this.#held.add(holder);
    return true;
  }

  /** The body of a holder is on its way from now on. */
  beginSending(holder: Holder, now: number): void {
    if (this.#held.has(holder)) this.#sending.set(holder, now);
  }

  /** The body has arrived: true if its place is kept, or another one was free. */
  endSending(holder: Holder, now: number): boolean {
    this.#sending.delete(holder);
    return this.#held.has(holder) || this.take(holder, now);
  }

  /** Gives the place back; may be called of any holder, and again. */
  release(holder: Holder): void {
    this.#sending.delete(holder);
    this.#held.delete(holder);
  }

  #takeFromSlowest(now: number): boolean {
    const [slowest] = this.#sending;
    if (slowest === undefined || now - slowest[1] <= SENDING_MS) return false;
    this.release(slowest[0]);
    return true;
  }
}
