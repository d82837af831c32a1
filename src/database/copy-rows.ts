import { finished } from "node:stream/promises";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { ListedKind } from "./column-lists.ts";
import { CopyBuffer } from "./copy-buffer.ts";

/** A table and those of its columns that rows bring, in their order. */
export interface CopyTarget {
  readonly table: string;
  readonly columns: readonly (readonly [column: string, kind: ListedKind])[];
}

/** Signature, no flags, no extension (PostgreSQL, "COPY", Binary Format). */
const HEADER = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const END_OF_ROWS = -1;

/** Takes rows one by one, and has them as bytes. */
export interface RowEncoder {
  /** @param cells one for each column, null for no value */
  readonly add: (cells: readonly unknown[]) => void;
  /** Ends the rows: the bytes that `copyInto` takes. */
  readonly end: () => Buffer;
}

/** Begins the rows of a table. */
export function rowEncoder({ columns }: CopyTarget): RowEncoder {
  const buffer = new CopyBuffer();
  const kinds = columns.map(([, kind]) => kind);
  buffer.raw(HEADER);
  return {
    add: (cells) => {
      buffer.count(kinds.length);
      for (let at = 0; at < kinds.length; at += 1) buffer.field(kinds[at] as ListedKind, cells[at]);
    },
    end: () => {
      buffer.count(END_OF_ROWS);
      return buffer.written();
    },
  };
}

/** Rows as the bytes that `copyInto` takes; a row has a cell for each column, null for no value. */
export function encodeRows(target: CopyTarget, rows: Iterable<readonly unknown[]>): Buffer {
  const encoder = rowEncoder(target);
  for (const cells of rows) encoder.add(cells);
  return encoder.end();
}

/**
 * Adds encoded rows to a table, in the caller's transaction. COPY spares what INSERT does with each
 * value: writing it as text, reading it again, and a row of an intermediate table.
 */
export async function copyInto(
  client: ClientBase,
  { table, columns }: CopyTarget,
  rows: Uint8Array,
): Promise<void> {
  const names = columns.map(([column]) => column).join(", ");
  const copy = client.query(copyFrom(`COPY ${table} (${names}) FROM STDIN (FORMAT binary)`));
  copy.end(rows);
  await finished(copy);
}
