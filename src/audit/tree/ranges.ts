import { invariant } from "../../lib/invariant.ts";

/** Leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** Whether a number can be the size of a tree: a whole number that arithmetic here keeps exact. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

/** Where a range of two or more leaves is split: after the largest power of two that leaves a rest. */
export function splitOf({ start, end }: LeafRange): number {
  let power = 1;
  while (power * 2 < end - start) power *= 2;
  return start + power;
}

/**
 * The perfect subtrees that a range is made of, from left to right, so from large to small. They are
 * those whose hashes lie in full.
 */
export function perfectSubtrees({ start, end }: LeafRange): LeafRange[] {
  const parts: LeafRange[] = [];
  let at = start;
  let power = 1;
  while (power * 2 <= end - start) power *= 2;
  for (; at < end; power /= 2) {
    if (power > end - at) continue;
    parts.push({ start: at, end: at + power });
    at += power;
  }
  return parts;
}

/**
 * The subtrees whose hashes prove that a leaf is in a tree, from the leaf's sibling up.
 * Source: RFC 9162 section 2.1.3.1.
 */
export function inclusionRanges({ index, size }: { index: number; size: number }): LeafRange[] {
  invariant(isTreeSize(size) && isTreeSize(index) && index < size, "A leaf lies outside the tree");
  const path: LeafRange[] = [];
  let within: LeafRange = { start: 0, end: size };
  while (within.end - within.start > 1) {
    const middle = splitOf(within);
    const left = { start: within.start, end: middle };
    const right = { start: middle, end: within.end };
    path.push(index < middle ? right : left);
    within = index < middle ? left : right;
  }
  return path.toReversed();
}

/**
 * The subtrees whose hashes prove that one tree begins with another.
 * Source: RFC 9162 section 2.1.4.1.
 */
export function consistencyRanges({ from, to }: { from: number; to: number }): LeafRange[] {
  invariant(isTreeSize(to) && isTreeSize(from) && from <= to, "A tree does not shrink");
  if (from === to || from === 0) return [];
  const path: LeafRange[] = [];
  let within: LeafRange = { start: 0, end: to };
  while (within.end !== from) {
    const middle = splitOf(within);
    const left = { start: within.start, end: middle };
    const right = { start: middle, end: within.end };
    path.push(from <= middle ? right : left);
    within = from <= middle ? left : right;
  }
  // Whoever checks knows the old root, so it is left out where it is itself a subtree.
  if (within.start > 0) path.push(within);
  return path.toReversed();
}

/**
 * The largest subtrees that hold none of some leaves, from left to right: what has to be known
 * besides these leaves to get at the root.
 *
 * @param indexes of leaves, ascending, each once
 */
export function rangesBeside({
  indexes,
  size,
}: {
  indexes: readonly number[];
  size: number;
}): LeafRange[] {
  const beside: LeafRange[] = [];
  let next = 0;
  const walk = (range: LeafRange): void => {
    const index = indexes[next];
    if (index === undefined || index >= range.end) beside.push(range);
    else if (range.end - range.start === 1) next += 1;
    else {
      const middle = splitOf(range);
      walk({ start: range.start, end: middle });
      walk({ start: middle, end: range.end });
    }
  };
  if (size > 0) walk({ start: 0, end: size });
  invariant(next === indexes.length, "Leaves of a proof lie in the tree, in ascending order");
  return beside;
}
