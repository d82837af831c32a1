import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newDataKey, wrapDataKey, type WrappedDataKey } from "../../src/sealing/data-keys.ts";
import { fileMasterKey } from "../../src/sealing/file-master-key.ts";
import type { MasterKey } from "../../src/sealing/master-key.ts";
import { newOrganisationKey } from "../../src/sealing/organisation-key.ts";
import { OrganisationKeys } from "../../src/sealing/organisation-keys.ts";

export const TRANSFEROR = "0197a000-0000-7000-8000-000000000001";
export const TRANSFEREE = "0197a000-0000-7000-8000-000000000002";
export const LI_NA = "0197c000-0000-7000-8000-000000000001";
export const WANG_WEI = "0197c000-0000-7000-8000-000000000002";

/** A path in a fresh folder; nothing is there yet. */
export function freshKeyPath(): string {
  return join(mkdtempSync(join(tmpdir(), "custodia-keys-")), "master.key");
}

/** A master key in a file of its own. */
export function freshMasterKey(): MasterKey {
  return fileMasterKey({ path: freshKeyPath(), create: true });
}

/** The first key of the transferor and of the transferee, loaded. */
export async function freshOrganisationKeys(
  masterKey = freshMasterKey(),
): Promise<OrganisationKeys> {
  const organisationKeys = new OrganisationKeys({ masterKeys: [masterKey] });
  const rows = [TRANSFEROR, TRANSFEREE].map((organisationId) =>
    newOrganisationKey({ masterKey, organisationId, keyVersion: 1 }),
  );
  await organisationKeys.load(await Promise.all(rows));
  return organisationKeys;
}

/** A new data key of a customer, wrapped for its controller. */
export function wrappedKeyOf(request: {
  customerId: string;
  controllerId: string;
  organisationKeys: OrganisationKeys;
}): WrappedDataKey {
  const controller = request.organisationKeys.newest(request.controllerId);
  return wrapDataKey({
    key: newDataKey(),
    customerId: request.customerId,
    keyVersion: 1,
    controller,
  });
}
