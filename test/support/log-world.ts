import { generateKeyPairSync, sign } from "node:crypto";
import type { NoteSigner } from "../../src/audit/notes/sign-note.ts";
import { type SignatureKind, verifierKeyOf } from "../../src/audit/notes/verifier-key.ts";

export const ORIGIN = "log.example/custodia";

/** A new key that signs notes, as the room of keys would hand it out. */
export function freshSigner(name = ORIGIN, kind: SignatureKind = "NOTE"): NoteSigner {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const bytes = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  return {
    key: verifierKeyOf({ name, kind, publicKey: bytes }),
    sign: (message) => sign(null, message, privateKey),
  };
}

/** A new key of a witness. */
export function freshWitness(name = "witness.example/w1"): NoteSigner {
  return freshSigner(name, "COSIGNATURE");
}
