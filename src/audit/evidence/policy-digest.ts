import { createHash, type Hash } from "node:crypto";

/** The part of a path that names a file of a policy: its version, and its name within it. */
const POLICY_PATH = /^policies\/(?<version>[0-9a-f]{64})\/(?<name>.+)$/;

/** Version and name of a policy document by its path; null for other files. */
export function policyFileIn(path: string): { version: string; name: string } | null {
  const { version, name } = POLICY_PATH.exec(path)?.groups ?? {};
  return version === undefined || name === undefined ? null : { version, name };
}

/**
 * Digest over the documents of a policy, which is the version that records name; documents come in
 * the order of their names. The same as `digestOf` of the policy room, which bundles do not need.
 */
export class PolicyDigest {
  readonly #hash: Hash = createHash("sha256");

  add({ name, text }: { name: string; text: string }): void {
    this.#hash.update(JSON.stringify([name, text.replaceAll("\r\n", "\n")]));
  }

  /** Hexadecimal; asked once, at the end. */
  version(): string {
    return this.#hash.digest("hex");
  }
}
