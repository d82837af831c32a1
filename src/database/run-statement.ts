import { createHash } from "node:crypto";
import type { Pool } from "pg";
import { statementFailure } from "./statement-failure.ts";
import { VALUE_PARSERS } from "./value-parsers.ts";

/** One statement: its text names every value by number. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** A text that hardly comes again: it is parsed each time, and takes no other's place. */
  readonly isOneOff?: true;
}

/** Runs a statement; each row is the list of its columns. */
export type RunStatement = (statement: Statement) => Promise<unknown[][]>;

/** How many statements PostgreSQL keeps prepared on each connection; later ones stay unnamed. */
const PREPARED_MAX = 500;

/**
 * Runs statements on a pool, each distinct text prepared under a name of its own. `onStatement`
 * hears the text of each before it runs.
 *
 * @throws SERVICE_UNAVAILABLE when the database can't be reached or doesn't answer in time.
 * @throws INTERNAL_SERVER_ERROR as a `StatementFailedError`
 */
export function createRunner({
  pool,
  onStatement,
}: {
  pool: Pool;
  onStatement?: (sql: string) => void;
}): RunStatement {
  const names = new Map<string, string>();
  const nameOf = (text: string): string | undefined => {
    const known = names.get(text);
    if (known !== undefined || names.size >= PREPARED_MAX) return known;
    const name = `read_${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
    names.set(text, name);
    return name;
  };
  return async ({ text, values, isOneOff = false }) => {
    onStatement?.(text);
    try {
      const name = isOneOff ? undefined : nameOf(text);
      const result = await pool.query<unknown[]>({
        ...(name === undefined ? {} : { name }),
        text,
        values: [...values],
        rowMode: "array",
        types: VALUE_PARSERS,
      });
      return result.rows;
    } catch (error) {
      throw statementFailure(error);
    }
  };
}
