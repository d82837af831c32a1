import type { ClientBase } from "pg";
import { publicError } from "../errors.ts";

/** The name that a caller gave to what it wants done, and what that is. */
export interface NamedMutation {
  readonly principalId: string;
  readonly clientMutationId: string;
  /** Digest of all that is wanted; the same name for something else is refused. */
  readonly fingerprint: Buffer;
}

/**
 * Notes a named mutation in its transaction; true where its caller had it noted before for the same.
 *
 * @throws IDEMPOTENCY_CONFLICT where it was noted for something else
 */
export async function isRepeatedMutation(
  client: ClientBase,
  mutation: NamedMutation | null,
): Promise<boolean> {
  if (mutation === null) return false;
  const { principalId, clientMutationId, fingerprint } = mutation;
  const { rowCount } = await client.query(
    `INSERT INTO idempotency (principal_id, client_mutation_id, fingerprint)
     VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [principalId, clientMutationId, fingerprint],
  );
  if (rowCount === 1) return false;
  const { rows } = await client.query<{ fingerprint: Buffer }>(
    "SELECT fingerprint FROM idempotency WHERE principal_id = $1 AND client_mutation_id = $2",
    [principalId, clientMutationId],
  );
  if (rows[0] === undefined || !fingerprint.equals(rows[0].fingerprint))
    throw publicError("IDEMPOTENCY_CONFLICT");
  return true;
}
