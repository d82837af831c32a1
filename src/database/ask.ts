import type { ClientBase, Pool, QueryConfig, QueryResult, QueryResultRow } from "pg";
import { statementFailure } from "./statement-failure.ts";

/**
 * Sends one statement, and lets nothing of a driver's error through.
 *
 * @throws SERVICE_UNAVAILABLE while the database can't be asked
 */
export async function ask<Row extends QueryResultRow>(
  pool: Pool | ClientBase,
  query: QueryConfig,
): Promise<QueryResult<Row>> {
  try {
    return await pool.query<Row>(query);
  } catch (error) {
    throw statementFailure(error);
  }
}
