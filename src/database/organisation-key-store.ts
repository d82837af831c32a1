import type { ClientBase, Pool } from "pg";
import type { MasterKey } from "../sealing/master-key.ts";
import { newOrganisationKey, type WrappedOrganisationKey } from "../sealing/organisation-key.ts";
import { OrganisationKeys } from "../sealing/organisation-keys.ts";

const LOAD = `
  SELECT organisation_id AS "organisationId", key_version AS "keyVersion",
         wrapped_key AS "wrappedKey", master_key_id AS "masterKeyId"
    FROM organisation_key`;

/** The keys of every organisation, unwrapped: for composing an application or a command. */
export async function openOrganisationKeys({
  database,
  masterKeys,
}: {
  database: Pool | ClientBase;
  masterKeys: readonly MasterKey[];
}): Promise<OrganisationKeys> {
  const organisationKeys = new OrganisationKeys({ masterKeys });
  await refreshOrganisationKeys({ database, organisationKeys });
  return organisationKeys;
}

/** Brings the held keys up to the rows of now; a key whose row is gone is forgotten. */
export async function refreshOrganisationKeys({
  database,
  organisationKeys,
}: {
  database: Pool | ClientBase;
  organisationKeys: OrganisationKeys;
}): Promise<void> {
  const { rows } = await database.query<WrappedOrganisationKey>(LOAD);
  await organisationKeys.load(rows);
}

/** Makes the first key of every organisation that has none. Nodes may do so at once: one of them wins. */
export async function createMissingOrganisationKeys({
  database,
  masterKey,
}: {
  database: Pool | ClientBase;
  masterKey: MasterKey;
}): Promise<void> {
  const { rows } = await database.query<{ id: string }>(
    `SELECT id FROM organisation o
      WHERE NOT EXISTS (SELECT FROM organisation_key k WHERE k.organisation_id = o.id) ORDER BY id`,
  );
  for (const { id } of rows) {
    const key = await newOrganisationKey({ masterKey, organisationId: id, keyVersion: 1 });
    await database.query(
      `INSERT INTO organisation_key (organisation_id, key_version, wrapped_key, master_key_id)
       VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [key.organisationId, key.keyVersion, key.wrappedKey, key.masterKeyId],
    );
  }
}
