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

/** How `pg` and its pool begin to say that they have lost, or can't get, a connection. */
const CONNECTION_TROUBLE =
  /^(timeout|Connection terminated|Client (was closed|has encountered)|Query read timeout|Cannot use a pool)/;

/** What may be thrown on instead of an error that the driver threw. */
export function statementFailure(error: unknown): Error {
  if (isOurs(error)) return error;
  const sqlState = sqlStateOf(error);
  const isUnavailable =
    sqlState === null
      ? isConnectionTrouble(error)
      : UNAVAILABLE.some((beginning) => sqlState.startsWith(beginning));
  return isUnavailable ? publicError("SERVICE_UNAVAILABLE") : new StatementFailedError(sqlState);
}

/** True for errors of the server, the socket or the pool; nothing of theirs may be told. */
export function isDriverError(error: unknown): boolean {
  return sqlStateOf(error) !== null || isConnectionTrouble(error);
}

/** The SQLSTATE of an error that the server sent, also where the ORM has wrapped it. */
export function sqlStateOf(error: unknown): string | null {
  // Only the server names a severity; `EPIPE` alone would look like a SQLSTATE.
  if (!isObject(error) || !("severity" in error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

function isConnectionTrouble(error: unknown): boolean {
  if (!isObject(error)) return false;
  // Node tries every address of a host and gathers the failures.
  if ("errors" in error && Array.isArray(error.errors))
    return error.errors.some(isConnectionTrouble);
  if ("syscall" in error) return true;
  return "message" in error && CONNECTION_TROUBLE.test(String(error.message));
}

function isObject(error: unknown): error is object {
  return typeof error === "object" && error !== null;
}

function isOurs(error: unknown): error is Error {
  return (
    error instanceof PublicError ||
    error instanceof InvariantError ||
    error instanceof StatementFailedError
  );
}
