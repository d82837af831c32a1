import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { invariant } from "../lib/invariant.ts";
import type { MasterKey } from "./master-key.ts";
import { KeyUnwrapError } from "./sealing-errors.ts";
import { secretKeyFrom } from "./secret-key.ts";

/** Length of a seed and of a public key, in bytes (RFC 8032 section 5.1.5). */
const ED25519_BYTES = 32;

/** RFC 8410 section 7: what stands before the 32 bytes of a seed in a private key of PKCS #8. */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");

/** A key of the decision log, or of a witness, as it is stored. */
export interface WrappedLogKey {
  /** Name that its signatures carry. */
  readonly name: string;
  /** Ed25519 public key, 32 bytes. */
  readonly publicKey: Buffer;
  /** The seed of the private key under the master key. */
  readonly wrappedSeed: Buffer;
  readonly masterKeyId: string;
}

/** A key that signs. Its private half is in this object and nowhere else. */
export interface LogKey {
  readonly name: string;
  /** Ed25519 public key, 32 bytes. */
  readonly publicKey: Buffer;
  /** Ed25519 signature, 64 bytes. Source: RFC 8032 section 5.1.6. */
  readonly sign: (bytes: Uint8Array) => Buffer;
}

/** Makes an Ed25519 key pair for a log or a witness, ready to be stored. */
export async function newLogKey(request: {
  masterKey: MasterKey;
  name: string;
}): Promise<WrappedLogKey> {
  const { masterKey, name } = request;
  const { d } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  invariant(typeof d === "string", "An Ed25519 key has a seed");
  const key = secretKeyFrom(Buffer.from(d, "base64url"));
  const publicKey = publicKeyOf(privateKeyFrom(key));
  const wrappedSeed = await masterKey.wrap({ key, purpose: purposeOf({ name, publicKey }) });
  return { name, publicKey, wrappedSeed, masterKeyId: masterKey.id };
}

/**
 * Opens a stored key for signing.
 *
 * @throws INTERNAL_SERVER_ERROR as a `KeyUnwrapError`: another master key, name or public key
 */
export async function openLogKey(request: {
  masterKey: MasterKey;
  row: WrappedLogKey;
}): Promise<LogKey> {
  const { masterKey, row } = request;
  const seed = await masterKey.unwrap({ wrapped: row.wrappedSeed, purpose: purposeOf(row) });
  const privateKey = privateKeyFrom(seed);
  // A signature under a public key that is not its own can give the private key away.
  if (!publicKeyOf(privateKey).equals(row.publicKey))
    throw new KeyUnwrapError("A log key is not the one of its public key");
  const { name, publicKey } = row;
  return { name, publicKey, sign: (bytes) => sign(null, bytes, privateKey) };
}

/** What the master key binds the seed to, so that no row can pass as another. */
function purposeOf({ name, publicKey }: Pick<WrappedLogKey, "name" | "publicKey">): string {
  return `log-key|${publicKey.toString("hex")}|${name}`;
}

function privateKeyFrom(seed: KeyObject): KeyObject {
  const bytes = seed.export();
  const der = Buffer.concat([PKCS8_HEAD, bytes]);
  const key = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  bytes.fill(0);
  der.fill(0);
  return key;
}

function publicKeyOf(privateKey: KeyObject): Buffer {
  const der = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return der.subarray(-ED25519_BYTES);
}
