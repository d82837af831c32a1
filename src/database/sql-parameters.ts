/** A value as a statement takes it. */
export type SqlValue = string | number | boolean | Date | Buffer | null;

/**
 * Collects the parameters of one statement. Values never become part of its text; equal values
 * share a number.
 */
export class SqlParameters {
  readonly values: unknown[] = [];
  readonly #numbers = new Map<string, number>();

  /** Takes a value and returns how the statement names it, such as `$1::uuid[]`. */
  add(value: SqlValue | readonly SqlValue[], type: string): string {
    const key = `${type} ${identityOf(value)}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.values.push(value instanceof Date ? value.toISOString() : value);
      this.#numbers.set(key, number);
    }
    return `$${number}::${type}`;
  }
}

/** A text that two values share only when they are the same. */
function identityOf(value: SqlValue | readonly SqlValue[]): string {
  if (Array.isArray(value)) return `[${value.map(identityOf).join()}]`;
  if (Buffer.isBuffer(value)) return `bytes ${value.toString("hex")}`;
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
