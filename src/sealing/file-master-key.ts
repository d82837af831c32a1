import type { KeyObject } from "node:crypto";
import type { MasterKey } from "./master-key.ts";
import { createKeyFile, readKeyFile } from "./key-file.ts";
import { unwrapKey, wrapKey } from "./key-wrap.ts";
import { deriveKey } from "./secret-key.ts";

const FINGERPRINT_CHARACTERS = 12;

/**
 * The master key of a machine without a key management service: 32 random bytes in a file that only
 * its owner may read. Keep the file outside the database folder and outside its backups, because
 * whoever has both has the values.
 *
 * @param create makes the file when there is none; leave it off in production
 * @throws INTERNAL_SERVER_ERROR as a `MasterKeyError` with one line that says what to do
 */
export function fileMasterKey({ path, create }: { path: string; create: boolean }): MasterKey {
  if (create) createKeyFile(path);
  const master = readKeyFile(path);
  return {
    id: `file:${fingerprintOf(master)}`,
    wrap: async ({ key, purpose }) => wrapKey({ key, under: wrappingKeyFor({ master, purpose }) }),
    unwrap: async ({ wrapped, purpose }) =>
      unwrapKey({ wrapped, under: wrappingKeyFor({ master, purpose }) }),
    derive: async ({ purpose }) =>
      deriveKey({ from: master, info: `custodia|v1|master|derive|${purpose}` }),
  };
}

/**
 * AES key wrap has no associated data, so the purpose is bound by giving each its own wrapping key.
 */
function wrappingKeyFor({ master, purpose }: { master: KeyObject; purpose: string }): KeyObject {
  return deriveKey({ from: master, info: `custodia|v1|master|wrap|${purpose}` });
}

/** Tells two master keys apart; derived one way, so it may stand in rows and logs. */
function fingerprintOf(master: KeyObject): string {
  const derived = deriveKey({ from: master, info: "custodia|v1|master|id" });
  return derived.export().toString("hex").slice(0, FINGERPRINT_CHARACTERS);
}
