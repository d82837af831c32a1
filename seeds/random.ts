/**
 * Repeatable randomness: the same seed and stream give the same draws on every machine. Each
 * customer draws from a stream of its own, so adding one changes no other. (sfc32, PractRand-tested.)
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor({ seed, stream }: { seed: number; stream: number }) {
    this.#a = seed | 0;
    this.#b = stream | 0;
    this.#c = (seed ^ Math.imul(stream, 0x9e3779b1)) | 0;
    for (let warmUp = 0; warmUp < 12; warmUp++) this.#next();
  }

  /** Evenly from 0 up to, and without, 1. */
  fraction(): number {
    return this.#next() / 2 ** 32;
  }

  /** A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  /** True once in so many times. */
  onceIn(times: number): boolean {
    return this.fraction() * times < 1;
  }

  /** One of the items. */
  one<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item {
    return items[this.whole(0, items.length - 1)] as Item;
  }

  /** One of the keys, each as often as its weight says. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key {
    const entries = Object.entries<number>(weights) as [Key, number][];
    let left = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      left -= weight;
      if (left < 0) return key;
    }
    return (entries.at(-1) as [Key, number])[0];
  }

  /** So many digits as text. */
  digits(count: number): string {
    return Array.from({ length: count }, () => this.whole(0, 9)).join("");
  }

  /** A day between two years, both included, as `YYYY-MM-DD`. */
  day({ from, to }: { from: number; to: number }): string {
    const first = Date.UTC(from, 0, 1);
    const days = (Date.UTC(to + 1, 0, 1) - first) / 86_400_000;
    return new Date(first + this.whole(0, days - 1) * 86_400_000).toISOString().slice(0, 10);
  }

  /** A UUIDv7 (RFC 9562) for that point in time. */
  uuid(at: Date): string {
    const time = at.getTime().toString(16).padStart(12, "0");
    const hex = (count: number): string =>
      Array.from({ length: count }, () => this.whole(0, 15).toString(16)).join("");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${this.one(["8", "9", "a", "b"])}${hex(3)}-${hex(12)}`;
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }
}
