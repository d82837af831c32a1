import type { ClientBase, Pool } from "pg";
import { v7 as newId } from "uuid";
import type { StoredLogKey } from "../audit/sealed-log.ts";
import { EMPTY_ROOT } from "../audit/tree/hashing.ts";
import { newLogKey, type WrappedLogKey } from "../sealing/log-key.ts";
import type { MasterKey } from "../sealing/master-key.ts";

/** Every key of the log, the oldest first. */
export async function loadLogKeys(database: Pool | ClientBase): Promise<StoredLogKey[]> {
  const { rows } = await database.query<StoredLogKey>({
    name: "log_keys",
    text: `SELECT id, name, public_key AS "publicKey", wrapped_seed AS "wrappedSeed",
                  master_key_id AS "masterKeyId", state, valid_from AS "validFrom", valid_to AS "validTo"
             FROM log_key ORDER BY valid_from, id`,
  });
  return rows;
}

/** Adds the key that signs from now on; refused while there is one. */
export async function addActiveKey(
  client: ClientBase,
  { key, validFrom }: { key: WrappedLogKey; validFrom: Date },
): Promise<void> {
  await client.query(
    `INSERT INTO log_key (id, name, public_key, wrapped_seed, master_key_id, state, valid_from)
     VALUES ($1, $2, $3, $4, $5, 'ACTIVE', $6) ON CONFLICT (state) WHERE state = 'ACTIVE' DO NOTHING`,
    [newId(), key.name, key.publicKey, key.wrappedSeed, key.masterKeyId, validFrom],
  );
}

/**
 * Begins the log where there is none: an empty tree, and its first key. Nodes may do so at once.
 *
 * @returns the name of the log, which may differ from the wanted one where it had begun before
 */
export async function beginLog({
  pool,
  masterKey,
  name,
}: {
  pool: Pool;
  masterKey: MasterKey;
  name: string;
}): Promise<string> {
  await pool.query(
    `INSERT INTO log_head (origin, tree_size, root, sealed_at)
     VALUES ($1, 0, $2, date_trunc('milliseconds', clock_timestamp())) ON CONFLICT DO NOTHING`,
    [name, EMPTY_ROOT],
  );
  const { rows } = await pool.query<{ origin: string; begun: Date; signs: boolean }>(
    `SELECT origin, sealed_at AS begun, EXISTS (SELECT FROM log_key) AS signs FROM log_head`,
  );
  const { origin = name, begun = new Date(), signs = false } = rows[0] ?? {};
  if (!signs) {
    const key = await newLogKey({ masterKey, name: origin });
    const client = await pool.connect();
    try {
      await addActiveKey(client, { key, validFrom: begun });
    } finally {
      client.release();
    }
  }
  return origin;
}
