import { invariant } from "../lib/invariant.ts";
import type { ListedKind } from "./column-lists.ts";

/** PostgreSQL counts days and microseconds from the first of January 2000, UTC. */
const EPOCH_MS = Date.UTC(2000, 0, 1);
const DAY_MS = 86_400_000;
const FIRST_BYTES = 256 * 1024;
const UUID_BYTES = 16;
/** Bytes of UTF-8 for one unit of UTF-16, at most. */
const MAX_BYTES_PER_UNIT = 3;
/** Object identifiers of the types of list items (PostgreSQL, pg_type). */
const ITEM_TYPES = { "uuid[]": 2_950, "text[]": 25 } as const;

/**
 * Values in the binary form of COPY, one behind the other. Source: PostgreSQL, "COPY", Binary Format,
 * and the `_recv` functions of the types.
 */
export class CopyBuffer {
  // Never a piece of a shared pool: a thread gives the whole of it away.
  #bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #at = 0;
  #lastMoment: Date | null = null;
  #microseconds = 0n;

  /** What was written, without a copy: the buffer is not to be written to afterwards. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** How many fields the next row has. */
  count(fields: number): void {
    this.#reserve(2);
    this.#view.setInt16(this.#at, fields);
    this.#at += 2;
  }

  /** A field with its length; -1 stands for no value. */
  field(kind: ListedKind, value: unknown): void {
    if (value === null || value === undefined) return this.#int32(-1);
    switch (kind) {
      case "text":
        return this.#text(value as string);
      case "bytea":
        this.#int32((value as Buffer).length);
        return this.raw(value as Buffer);
      case "uuid":
        return this.#uuid(value as string);
      case "boolean":
        this.#int32(1);
        this.#reserve(1);
        this.#bytes[this.#at++] = value === true ? 1 : 0;
        return;
      case "integer":
        this.#int32(4);
        return this.#int32(value as number);
      case "date":
        this.#int32(4);
        return this.#int32((Date.parse(value as string) - EPOCH_MS) / DAY_MS);
      case "timestamptz":
        this.#int32(8);
        return this.#moment(value as Date);
      case "uuid[]":
      case "text[]":
        return this.#list(kind, value as readonly string[]);
      default:
        invariant(false, `A column of ${kind} is not copied`);
    }
  }

  #int32(value: number): void {
    this.#reserve(4);
    this.#view.setInt32(this.#at, value);
    this.#at += 4;
  }

  #moment(moment: Date): void {
    // The rows of a ledger are of one moment.
    if (moment !== this.#lastMoment) {
      this.#microseconds = BigInt(moment.getTime() - EPOCH_MS) * 1_000n;
      this.#lastMoment = moment;
    }
    this.#reserve(8);
    this.#view.setBigInt64(this.#at, this.#microseconds);
    this.#at += 8;
  }

  #text(text: string): void {
    this.#reserve(4 + MAX_BYTES_PER_UNIT * text.length);
    const length = this.#bytes.write(text, this.#at + 4, "utf8");
    this.#view.setInt32(this.#at, length);
    this.#at += 4 + length;
  }

  #uuid(uuid: string): void {
    this.#int32(UUID_BYTES);
    this.#reserve(UUID_BYTES);
    const written = this.#bytes.write(uuid.replaceAll("-", ""), this.#at, UUID_BYTES, "hex");
    invariant(written === UUID_BYTES, "An id is a UUID");
    this.#at += written;
  }

  #list(kind: "uuid[]" | "text[]", items: readonly string[]): void {
    const start = this.#at;
    this.#int32(0);
    this.#int32(items.length === 0 ? 0 : 1);
    // No item is null.
    this.#int32(0);
    this.#int32(ITEM_TYPES[kind]);
    if (items.length > 0) {
      this.#int32(items.length);
      this.#int32(1);
      for (const item of items) this.field(kind === "uuid[]" ? "uuid" : "text", item);
    }
    this.#view.setInt32(start, this.#at - start - 4);
  }

  #reserve(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}
