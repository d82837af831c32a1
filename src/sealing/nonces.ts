import { randomBytes } from "node:crypto";

const NONCES_PER_BLOCK = 512;

/**
 * Gives random nonces of one length, drawn from the system in blocks: a call to it costs as much as
 * sealing a short value. A byte is given once; nonces are no secret, so a block in memory tells
 * nothing. Keys are never drawn this way.
 *
 * @param bytes length of a nonce
 */
export function nonceSource(bytes: number): () => Buffer {
  let block = Buffer.alloc(0);
  let used = 0;
  return () => {
    if (used === block.length) {
      // A new block, not the old one refilled: whoever holds a nonce keeps it.
      block = randomBytes(NONCES_PER_BLOCK * bytes);
      used = 0;
    }
    used += bytes;
    return block.subarray(used - bytes, used);
  };
}
