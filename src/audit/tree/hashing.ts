import { hash } from "node:crypto";

/** Length of every hash of the tree, in bytes. */
export const HASH_BYTES = 32;

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** Root of a tree without leaves: the hash of nothing. Source: RFC 9162 section 2.1.1. */
export const EMPTY_ROOT: Buffer = sha256(Buffer.alloc(0));

/** SHA-256 of bytes, 32 bytes. */
export function sha256(bytes: Uint8Array): Buffer {
  return hash("sha256", bytes, "buffer");
}

/**
 * Hash of one entry of the log. The first byte keeps leaves and inner nodes apart, so that nobody
 * can show a node as a record. Source: RFC 9162 section 2.1.1.
 *
 * @param entry the bytes of the entry; a text stands for its UTF-8
 */
export function leafHash(entry: Uint8Array | string): Buffer {
  return sha256(Buffer.concat([LEAF, typeof entry === "string" ? Buffer.from(entry) : entry]));
}

/** What the hash of a node is made over; it is filled anew each time, within one call. */
const nodeBytes = Buffer.alloc(1 + 2 * HASH_BYTES, NODE);

/** Hash of two neighbouring subtrees, 32 bytes each. Source: RFC 9162 section 2.1.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.length !== HASH_BYTES || right.length !== HASH_BYTES)
    return sha256(Buffer.concat([NODE, left, right]));
  nodeBytes.set(left, 1);
  nodeBytes.set(right, 1 + HASH_BYTES);
  return sha256(nodeBytes);
}
