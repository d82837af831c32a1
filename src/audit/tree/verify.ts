import { EMPTY_ROOT, HASH_BYTES, nodeHash } from "./hashing.ts";
import { isTreeSize, splitOf } from "./ranges.ts";

/**
 * Whether a leaf is at this place of the tree with this root. The proof has exactly the hashes that
 * it needs: one too many or too few is a refusal.
 *
 * @param leaf hash of the leaf
 * @param proof sibling hashes from the leaf up
 * Source: RFC 9162 section 2.1.3.2.
 */
export function verifyInclusion(request: {
  index: number;
  size: number;
  leaf: Uint8Array;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}): boolean {
  const { index, size, leaf, proof, root } = request;
  if (!isTreeSize(index) || !isTreeSize(size) || index >= size) return false;
  if (![leaf, root, ...proof].every(isHash)) return false;
  let position = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(position) || position === last) {
      hash = nodeHash(sibling, hash);
      // The last node of a level that has no sibling goes up as it is.
      while (!isOdd(position) && position !== 0) [position, last] = [half(position), half(last)];
    } else hash = nodeHash(hash, sibling);
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && Buffer.compare(hash, root) === 0;
}

/**
 * Whether the tree of one size and root begins with the tree of another. A tree of no leaves begins
 * every tree, and a tree begins itself, both by an empty proof.
 *
 * Source: RFC 9162 section 2.1.4.2.
 */
export function verifyConsistency(request: {
  from: { size: number; root: Uint8Array };
  to: { size: number; root: Uint8Array };
  proof: readonly Uint8Array[];
}): boolean {
  const { from, to, proof } = request;
  if (!isTreeSize(from.size) || !isTreeSize(to.size) || from.size > to.size) return false;
  if (![from.root, to.root, ...proof].every(isHash)) return false;
  if (from.size === to.size) return proof.length === 0 && Buffer.compare(from.root, to.root) === 0;
  if (from.size === 0) return proof.length === 0 && Buffer.compare(from.root, EMPTY_ROOT) === 0;
  const path = isPowerOfTwo(from.size) ? [from.root, ...proof] : [...proof];
  const roots = rootsAlong({ position: from.size - 1, last: to.size - 1, path });
  if (proof.length === 0 || roots === null) return false;
  return Buffer.compare(roots.from, from.root) === 0 && Buffer.compare(roots.to, to.root) === 0;
}

/**
 * Root of the tree that holds these leaves at these places and these hashes beside them; null where
 * there are too many or too few, or the indexes do not ascend.
 */
export function rootOfSubset(request: {
  size: number;
  indexes: readonly number[];
  leaves: readonly Uint8Array[];
  hashes: readonly Uint8Array[];
}): Uint8Array | null {
  const { size, indexes, leaves, hashes } = request;
  if (!isTreeSize(size) || indexes.length !== leaves.length) return null;
  if (![...leaves, ...hashes].every(isHash)) return null;
  if (size === 0) return indexes.length + hashes.length === 0 ? EMPTY_ROOT : null;
  let leaf = 0;
  let hash = 0;
  const walk = (start: number, end: number): Uint8Array | null => {
    const index = indexes[leaf];
    if (index === undefined || index >= end) return hashes[hash++] ?? null;
    if (end - start === 1) return index === start ? (leaves[leaf++] ?? null) : null;
    const middle = splitOf({ start, end });
    const left = walk(start, middle);
    const right = left && walk(middle, end);
    return left && right && nodeHash(left, right);
  };
  const root = walk(0, size);
  return leaf === leaves.length && hash === hashes.length ? root : null;
}

function rootsAlong(request: {
  position: number;
  last: number;
  path: readonly Uint8Array[];
}): { from: Uint8Array; to: Uint8Array } | null {
  let { position, last } = request;
  const [first, ...rest] = request.path;
  if (first === undefined) return null;
  while (isOdd(position)) [position, last] = [half(position), half(last)];
  let from = first;
  let to = first;
  for (const sibling of rest) {
    if (last === 0) return null;
    if (isOdd(position) || position === last) {
      from = nodeHash(sibling, from);
      to = nodeHash(sibling, to);
      while (!isOdd(position) && position !== 0) [position, last] = [half(position), half(last)];
    } else to = nodeHash(to, sibling);
    [position, last] = [half(position), half(last)];
  }
  return last === 0 ? { from, to } : null;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}

function isOdd(number: number): boolean {
  return number % 2 === 1;
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function isPowerOfTwo(number: number): boolean {
  let rest = number;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}
