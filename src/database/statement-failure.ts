import { PublicError, publicError } from "../errors.ts";
import { InvariantError } from "../lib/invariant.ts";

/**
 * A statement that the database refused. It keeps the SQLSTATE and nothing else: messages and
 * details of the driver repeat SQL and values, and would carry them into a log.
 */
export class StatementFailedError extends Error {
  override readonly name = "StatementFailedError";
  /** Five characters (PostgreSQL, Appendix A), or null where the driver failed by itself. */
  readonly sqlState: string | null;

  constructor(sqlState: string | null) {
    super(`A statement failed (${sqlState === null ? "in the driver" : `SQLSTATE ${sqlState}`})`);
    this.sqlState = sqlState;
  }
}

/**
 * SQLSTATEs, by their beginning, that speak of the server's condition and not of the statement:
 * connection, login, database, conflict between transactions, resources, lock, intervention
 * (cancelled by the statement timeout among others), and a server that only reads.
 */
const UNAVAILABLE = ["08", "28", "3D", "40", "53", "55P03", "57", "25006"];

/** What may be thrown on instead of an error that the driver threw. */
export function statementFailure(error: unknown): Error {
  if (isOurs(error)) return error;
  const sqlState = sqlStateOf(error);
  if (sqlState !== null) {
    const isUnavailable = UNAVAILABLE.some((beginning) => sqlState.startsWith(beginning));
    return isUnavailable ? publicError("SERVICE_UNAVAILABLE") : new StatementFailedError(sqlState);
  }
  // Without a SQLSTATE it is the socket, the pool or a timeout; a TypeError is none of them.
  if (error instanceof TypeError || error instanceof RangeError) return new StatementFailedError(null);
  return publicError("SERVICE_UNAVAILABLE");
}

/** The SQLSTATE of an error that the server sent, also where the ORM has wrapped it. */
export function sqlStateOf(error: unknown): string | null {
  // Only the server names a severity; `EPIPE` alone would look like a SQLSTATE.
  if (!(error instanceof Error) || !("severity" in error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

function isOurs(error: unknown): error is Error {
  return (
    error instanceof PublicError ||
    error instanceof InvariantError ||
    error instanceof StatementFailedError
  );
}
