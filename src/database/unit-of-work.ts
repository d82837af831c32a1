import { setTimeout as pause } from "node:timers/promises";
import type { EntityManager } from "@mikro-orm/postgresql";
import { publicError } from "../errors.ts";
import type { Orm } from "./orm.ts";
import { isDriverError, sqlStateOf, statementFailure } from "./statement-failure.ts";

/** Serialization failure and deadlock (PostgreSQL, Appendix A): the same work may succeed again. */
const CONFLICTS = ["40001", "40P01"];
const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 10;

/**
 * Runs work on single rows in one transaction with an identity map of its own, and flushes it at
 * the end. After a conflict with another transaction it runs again from the start, so it does
 * nothing that can't be done twice.
 *
 * @throws VERSION_CONFLICT when a row was changed by somebody else in the meantime
 * @throws SERVICE_UNAVAILABLE
 * @throws INTERNAL_SERVER_ERROR as a `StatementFailedError`, whose SQLSTATE tells a broken constraint
 */
export async function withUnitOfWork<T>(
  orm: Orm,
  work: (em: EntityManager) => Promise<T>,
): Promise<T> {
  const { mikro, kindOf } = await orm.open();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await mikro.em.fork().transactional(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !CONFLICTS.includes(sqlStateOf(error) ?? ""))
        throw failureOf(error, kindOf(error));
      // A random part keeps two transactions from meeting again at the same moment.
      await pause(FIRST_PAUSE_MS * 2 ** attempt * Math.random());
    }
  }
}

function failureOf(error: unknown, kind: "LOCK" | "THEIRS" | null): unknown {
  if (kind === "LOCK") return publicError("VERSION_CONFLICT");
  return kind === "THEIRS" || isDriverError(error) ? statementFailure(error) : error;
}
