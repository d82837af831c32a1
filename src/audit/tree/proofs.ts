import { consistencyRanges, inclusionRanges, type LeafRange, rangesBeside } from "./ranges.ts";
import { readHashes } from "./read-hashes.ts";
import type { TileSource } from "./tile.ts";

/**
 * Proves that leaves are in the tree of a size: for each its sibling hashes, from the leaf up. All
 * proofs together read their tiles in one question.
 *
 * @throws INTERNAL_SERVER_ERROR as a `TreeDamagedError` when tiles are missing
 * Source: RFC 9162 section 2.1.3.1.
 */
export async function proveInclusion(request: {
  source: TileSource;
  size: number;
  indexes: readonly number[];
}): Promise<Buffer[][]> {
  const { source, size, indexes } = request;
  const paths = indexes.map((index) => inclusionRanges({ index, size }));
  const seen = new Map<number, Map<number, number>>();
  const ranges: LeafRange[] = [];
  const places = paths.map((path) =>
    path.map((range) => {
      const ofStart = seen.get(range.start) ?? new Map<number, number>();
      seen.set(range.start, ofStart);
      const place = ofStart.get(range.end) ?? ranges.push(range) - 1;
      ofStart.set(range.end, place);
      return place;
    }),
  );
  const hashes = await readHashes({ source, size, ranges });
  return places.map((path) => path.map((place) => hashes[place] as Buffer));
}

/**
 * Proves that the tree of one size begins with the tree of a smaller one.
 *
 * @throws INTERNAL_SERVER_ERROR as a `TreeDamagedError` when tiles are missing
 * Source: RFC 9162 section 2.1.4.1.
 */
export async function proveConsistency(request: {
  source: TileSource;
  from: number;
  to: number;
}): Promise<Buffer[]> {
  const { source, from, to } = request;
  return readHashes({ source, size: to, ranges: consistencyRanges({ from, to }) });
}

/** What proves many leaves of one tree at once. */
export interface SubsetProof {
  /** Hash of each leaf as the tree holds it, whatever is kept elsewhere. */
  readonly leaves: readonly Buffer[];
  /**
   * Hashes of the subtrees that hold none of the leaves, from left to right. No hash comes twice, and
   * what lies between proved leaves needs none.
   */
  readonly hashes: readonly Buffer[];
}

/**
 * Proves many leaves of one tree at once, with one question to the tiles.
 *
 * @param indexes of the leaves, ascending, each once
 * @throws INTERNAL_SERVER_ERROR as a `TreeDamagedError` when tiles are missing
 */
export async function proveSubset(request: {
  source: TileSource;
  size: number;
  indexes: readonly number[];
}): Promise<SubsetProof> {
  const { source, size, indexes } = request;
  const leaves = indexes.map((index) => ({ start: index, end: index + 1 }));
  const ranges = [...leaves, ...rangesBeside({ indexes, size })];
  const hashes = await readHashes({ source, size, ranges });
  return { leaves: hashes.slice(0, indexes.length), hashes: hashes.slice(indexes.length) };
}
