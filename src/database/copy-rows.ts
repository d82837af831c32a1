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

/** Rows as the bytes that `copyInto` takes; a row has a cell for each column, null for no value. */
export function encodeRows({ columns }: CopyTarget, rows: Iterable<readonly unknown[]>): Buffer {
  const buffer = new CopyBuffer();
  const kinds = columns.map(([, kind]) => kind);
  buffer.raw(HEADER);
  for (const cells of rows) {
    buffer.count(columns.length);
    kinds.forEach((kind, at) => buffer.field(kind, cells[at]));
  }
  buffer.count(END_OF_ROWS);
  return buffer.written();
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
