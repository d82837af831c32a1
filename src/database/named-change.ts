import { createHash } from "node:crypto";
import type { EntityManager } from "@mikro-orm/postgresql";
import { publicError } from "../errors.ts";

/** A change that its caller may have given a name, so that a retry is not done twice. */
export interface NamedChange {
  readonly principalId: string;
  /** Null for a change without a name. */
  readonly clientMutationId: string | null;
  /** Everything that makes it this change and no other one. */
  readonly content: readonly unknown[];
  /** Id of what it changes or makes. */
  readonly entityId: string;
}

/**
 * Notes the name of a change; where the caller had it noted for the same change before, gives the id
 * that was noted then. Two callers may use the same name: it belongs to the principal.
 *
 * @returns null for a change that has yet to be done
 * @throws IDEMPOTENCY_CONFLICT where the name was used for another change
 */
export async function notedBefore(em: EntityManager, change: NamedChange): Promise<string | null> {
  if (change.clientMutationId === null) return null;
  const fingerprint = createHash("sha256").update(JSON.stringify(change.content)).digest();
  const key = [change.principalId, change.clientMutationId];
  const noted = await em.execute<{ principal_id: string }[]>(
    `insert into idempotency (principal_id, client_mutation_id, fingerprint, entity_id)
     values (?, ?, ?, ?) on conflict do nothing returning principal_id`,
    [...key, fingerprint, change.entityId],
  );
  if (noted.length > 0) return null;
  const [known] = await em.execute<{ fingerprint: Buffer; entity_id: string }[]>(
    "select fingerprint, entity_id from idempotency where principal_id = ? and client_mutation_id = ?",
    key,
  );
  if (known === undefined || !fingerprint.equals(known.fingerprint)) {
    throw publicError("IDEMPOTENCY_CONFLICT");
  }
  return known.entity_id;
}
