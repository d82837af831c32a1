import type { ClientBase, Pool } from "pg";
import { requireSignedHead, SealedLogDamagedError } from "../audit/log-integrity.ts";
import { signerOf, verifierOf } from "../audit/note-signers.ts";
import { addSignature } from "../audit/notes/sign-note.ts";
import type { VerifierKey } from "../audit/notes/verifier-key.ts";
import { rootOf } from "../audit/tree/append.ts";
import { newLogKey, openLogKey } from "../sealing/log-key.ts";
import type { MasterKey } from "../sealing/master-key.ts";
import { lastCheckpoint } from "./log-checkpoints.ts";
import { addActiveKey, loadLogKeys } from "./log-keys.ts";
import { storedTiles } from "./log-tiles.ts";
import { lockHead } from "./sealed-log.ts";
import { inTransaction } from "./transaction.ts";

/** What a rotation came to. */
export interface RotatedKey {
  readonly from: VerifierKey | null;
  readonly to: VerifierKey;
  /** The checkpoint that both keys have signed; null where nothing is sealed yet. */
  readonly note: string | null;
}

/**
 * Makes a new key sign from now on. The newest checkpoint, which the old key has signed, gets the new
 * key's signature too: the chain of trust from one to the other. The old key stays for verifying.
 *
 * @throws INTERNAL_SERVER_ERROR as a `SealedLogDamagedError`: a new key never signs what is damaged
 */
export async function rotateLogKey(request: {
  pool: Pool;
  masterKey: MasterKey;
}): Promise<RotatedKey> {
  const { pool, masterKey } = request;
  return inTransaction(pool, async (client) => {
    const { origin, head, sealedAt } = await lockHead(client);
    const [keys, lastSigned] = [await loadLogKeys(client), await lastCheckpoint(client)];
    requireSignedHead({ origin, head, lastSigned }, keys.map(verifierOf));
    const root = await rootOf({ source: storedTiles(client), size: head.size });
    if (!root.equals(head.root))
      throw new SealedLogDamagedError("The tiles do not give the root of the head");

    const active = keys.find(({ state }) => state === "ACTIVE") ?? null;
    const key = await newLogKey({ masterKey, name: origin });
    await retireActiveKey(client, sealedAt);
    await addActiveKey(client, { key, validFrom: sealedAt });
    const signer = signerOf(await openLogKey({ masterKey, row: key }));
    const note = lastSigned === null ? null : addSignature({ note: lastSigned.note, signer });
    await client.query("UPDATE log_checkpoint SET note = $2 WHERE tree_size = $1", [
      head.size,
      note,
    ]);
    return { from: active && verifierOf(active), to: signer.key, note };
  });
}

async function retireActiveKey(client: ClientBase, validTo: Date): Promise<void> {
  await client.query(
    `UPDATE log_key SET state = 'RETIRED', valid_to = greatest($1, valid_from)
      WHERE state = 'ACTIVE'`,
    [validTo],
  );
}
