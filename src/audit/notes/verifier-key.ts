import { createPublicKey, type KeyObject } from "node:crypto";
import { sha256 } from "../tree/hashing.ts";
import { NoteFormatError } from "./note-format-error.ts";
import { fromBase64 } from "./plain-text.ts";

/**
 * What a signature under a key states: that it wrote a note, or that it saw a log grow only.
 * Source: C2SP signed-note, Signature types, and C2SP tlog-cosignature.
 */
export type SignatureKind = "NOTE" | "COSIGNATURE";

/** Signature type bytes. */
const TYPE_BYTES: Readonly<Record<SignatureKind, number>> = { NOTE: 0x01, COSIGNATURE: 0x04 };

/** Length of an Ed25519 public key, in bytes (RFC 8032 section 5.1.5). */
const PUBLIC_KEY_BYTES = 32;
const ID_BYTES = 4;

/** A public key with the name and id that its signatures carry. */
export interface VerifierKey {
  readonly name: string;
  /** Eight hexadecimal digits. Finds the key of a signature; says nothing about who made it. */
  readonly id: string;
  readonly kind: SignatureKind;
  readonly publicKey: KeyObject;
  /** `name+id+base64`, as it is handed on: C2SP signed-note, Verifier keys. */
  readonly text: string;
}

/**
 * The verifier key of an Ed25519 public key of 32 bytes.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError` for a name or a key of another form
 */
export function verifierKeyOf(request: {
  name: string;
  kind: SignatureKind;
  publicKey: Uint8Array;
}): VerifierKey {
  const { name, kind, publicKey } = request;
  requireKeyName(name);
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new NoteFormatError("not an Ed25519 key");
  const typed = Buffer.concat([Buffer.of(TYPE_BYTES[kind]), publicKey]);
  const named = Buffer.concat([Buffer.from(`${name}\n`), typed]);
  const id = sha256(named).subarray(0, ID_BYTES).toString("hex");
  const text = `${name}+${id}+${typed.toString("base64")}`;
  return { name, id, kind, publicKey: keyObjectFrom(publicKey), text };
}

/**
 * Reads a verifier key.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`: another form, a signature type that is not
 *   read here, or an id that is not that of the key
 */
export function parseVerifierKey(text: string): VerifierKey {
  const [name, id, encoded, ...more] = splitKey(text);
  if (name === undefined || id === undefined || encoded === undefined || more.length > 0)
    throw new NoteFormatError("not name+id+key");
  const typed = fromBase64(encoded);
  const kinds = Object.keys(TYPE_BYTES) as SignatureKind[];
  const kind = kinds.find((one) => TYPE_BYTES[one] === typed[0]);
  if (kind === undefined) throw new NoteFormatError("a key of a kind that is not read here");
  const key = verifierKeyOf({ name, kind, publicKey: typed.subarray(1) });
  if (key.id !== id) throw new NoteFormatError("the id is not that of the key");
  return key;
}

/**
 * Refuses what cannot name a key.
 *
 * @throws INTERNAL_SERVER_ERROR as a `NoteFormatError`
 */
export function requireKeyName(name: string): void {
  if (name === "" || !name.isWellFormed() || /[\p{White_Space}\p{Cc}+]/u.test(name))
    throw new NoteFormatError("a name that no key can have");
}

/** Base 64 has plus signs of its own, so only the first two divide. */
function splitKey(text: string): string[] {
  const first = text.indexOf("+");
  const second = text.indexOf("+", first + 1);
  if (first === -1 || second === -1) return [text];
  return [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
}

function keyObjectFrom(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString("base64url");
  try {
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  } catch {
    throw new NoteFormatError("not an Ed25519 key");
  }
}
