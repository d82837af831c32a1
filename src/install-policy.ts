import type { Pool } from "pg";
import type { Catalog } from "./classification/catalog.ts";
import type { Config } from "./config.ts";
import { installPolicyVersion } from "./database/policy-version-writer.ts";
import type { PolicyVersions } from "./database/policy-versions.ts";
import { digestOf, readPolicyFiles } from "./policy/document.ts";
import { loadPolicy } from "./policy/load.ts";

/**
 * Makes the documents of the policy folder the ACTIVE version: at every start where the folder is
 * the source, and otherwise only in a database that has never had one.
 *
 * @throws PolicyFaults where the documents have a fault: then nothing of them is stored
 */
export async function installPolicy({
  config,
  catalog,
  pool,
  versions,
  now,
}: {
  config: Pick<Config, "policySource" | "policyDir">;
  catalog: Catalog;
  pool: Pool;
  versions: PolicyVersions;
  now: Date;
}): Promise<void> {
  const onlyIfEmpty = config.policySource === "database";
  // What lies in a folder that is not used need not be sound.
  if (onlyIfEmpty && (await versions.count()) > 0) return;
  const documents = readPolicyFiles(config.policyDir);
  const digest = digestOf(documents);
  // Documents that are ACTIVE already are loaded once, by who serves under them.
  if ((await versions.active())?.digest === digest) return;
  loadPolicy(documents, catalog);
  await installPolicyVersion(pool, {
    added: { digest, documents, note: "documents of the policy folder" },
    made: { by: null, via: "START", at: now, mutation: null },
    onlyIfEmpty,
  });
}
