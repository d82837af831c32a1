import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { BootError } from "../lib/boot-error.ts";

/** The private key in a file, which is made on first use for its owner alone (mode 0600). */
export async function readOrCreateKey(path: string): Promise<JWK> {
  const existing = await readKey(path);
  if (existing !== null) return existing;
  await createKey(path).catch((error: NodeJS.ErrnoException) => {
    throw new BootError(`${path} cannot be written (${error.code ?? "unknown"}).`);
  });
  const created = await readKey(path);
  if (created === null) throw new BootError(`${path} disappeared while it was being made.`);
  return created;
}

async function readKey(path: string): Promise<JWK | null> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new BootError(`${path} cannot be read (${error.code ?? "unknown"}).`);
  });
  if (text === null) return null;
  try {
    return JSON.parse(text) as JWK;
  } catch {
    throw new BootError(`${path} holds no key; delete it and a new one is made.`);
  }
}

/** The server and `custodia token` may come here together: the first link wins, and both read it. */
async function createKey(path: string): Promise<void> {
  // Only the keys' folder is private: the embedded database lives beside it under another user.
  await mkdir(dirname(dirname(path)), { recursive: true });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const jwk = await exportJWK(privateKey);
  const named = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: "EdDSA", use: "sig" };
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(named)}\n`, { mode: 0o600 });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await unlink(draft);
  }
}
